package io.sidetrace.sidecar.accesslog;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// The lines for one destination that are not written yet. Thread-safe: event loops add, the writer
/// takes all there is. The lock is held for the copy of a line, or for an exchange of arrays.
final class LineBuffer {
  /// Two thousand lines of some 250 bytes: what may pile up while the writer waits for a disk or
  /// for the reader of a pipe. Two of these exist for a destination while one is being written,
  /// which a heap of 24 MB can bear.
  static final int CAPACITY_BYTES = 512 * 1024;

  private static final int INITIAL_BYTES = 4 * 1024;

  private byte[] bytes = new byte[0];
  private int length;
  private int lines;

  /// What was taken.
  ///
  /// @param octets from the start of its array to its limit
  record Batch(ByteBuffer octets, int lines) {}

  /// How a line was added.
  enum Added {
    QUIETLY,
    /// The buffer is half full: the writer should not sleep on.
    URGENTLY,
    /// There is no room, so it was not.
    NOT
  }

  synchronized Added add(StringBuilder octets) {
    int needed = length + octets.length();
    if (needed > CAPACITY_BYTES) {
      return Added.NOT;
    }
    if (needed > bytes.length) {
      int larger = Math.max(INITIAL_BYTES, Math.max(needed, bytes.length * 2));
      bytes = Arrays.copyOf(bytes, Math.min(CAPACITY_BYTES, larger));
    }
    int at = length;
    for (int i = 0; i < octets.length(); i++) {
      bytes[at++] = (byte) octets.charAt(i);
    }
    boolean crossed = length < CAPACITY_BYTES / 2 && at >= CAPACITY_BYTES / 2;
    length = at;
    lines++;
    return crossed ? Added.URGENTLY : Added.QUIETLY;
  }

  /// All lines, in exchange for an array to go on with.
  synchronized Batch take(byte[] next) {
    Batch batch = new Batch(ByteBuffer.wrap(bytes, 0, length), lines);
    bytes = next;
    length = 0;
    lines = 0;
    return batch;
  }

  synchronized boolean isEmpty() {
    return length == 0;
  }
}
