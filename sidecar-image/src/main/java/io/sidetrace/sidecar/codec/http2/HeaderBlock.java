package io.sidetrace.sidecar.codec.http2;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Puts a header block together from a HEADERS frame and the CONTINUATION frames behind it.
/// Event-loop confined; one per connection and direction.
public final class HeaderBlock {
  /// Most blocks of requests fit; the array grows to those that do not.
  private static final int INITIAL_BYTES = 256;

  /// A larger array is given back behind its block, so that one large block does not stay in memory
  /// as long as its connection.
  private static final int KEPT_BYTES = 4096;

  /// Frames smaller than need be; a sender that fills them needs none of these.
  private static final int SMALL_CONTINUATIONS = 8;

  private static final int PRIORITY_BYTES = 5;

  private final int limit;
  private byte[] bytes = {};
  private int length;
  private int streamId;
  private int flags;
  private int continuations;
  private byte @Nullable [] priority;

  /// @param limit of a block's bytes
  public HeaderBlock(int limit) {
    this.limit = limit;
  }

  /// Whether a block has begun and not ended.
  public boolean isOpen() {
    return streamId != 0;
  }

  /// Begins with a HEADERS frame or goes on with a CONTINUATION frame.
  public @Nullable Violation begin(FrameReader frame) {
    if (frame.type() == Frame.CONTINUATION) {
      return goOn(frame);
    }
    streamId = frame.streamId();
    flags = frame.flags();
    length = 0;
    continuations = 0;
    priority = null;
    return frame.length() > limit ? Violation.HEADERS_TOO_LARGE : null;
  }

  private @Nullable Violation goOn(FrameReader frame) {
    if (!isOpen()) {
      return Violation.CONTINUATION_OF_NOTHING;
    }
    if (frame.streamId() != streamId) {
      return Violation.HEADER_BLOCK_INTERRUPTED;
    }
    if (++continuations > limit / Frame.DEFAULT_MAX_BYTES + SMALL_CONTINUATIONS) {
      return Violation.CONTINUATION_FLOOD;
    }
    flags |= frame.flags() & Frame.END_HEADERS;
    return frame.length() > limit - length ? Violation.HEADERS_TOO_LARGE : null;
  }

  /// Takes over so many bytes of the frame's payload.
  public void add(ByteBuf in, int count) {
    if (bytes.length - length < count) {
      int wanted = Math.max(length + count, Math.max(INITIAL_BYTES, bytes.length * 2));
      bytes = Arrays.copyOf(bytes, wanted);
    }
    in.readBytes(bytes, length, count);
    length += count;
  }

  /// Ends the frame: takes padding and priority off a HEADERS frame.
  public @Nullable Violation endFrame() {
    return continuations == 0 ? strip() : null;
  }

  private @Nullable Violation strip() {
    int from = 0;
    int to = length;
    if (Frame.has(flags, Frame.PADDED)) {
      if (length == 0) {
        return Violation.FRAME_SIZE;
      }
      to -= bytes[0] & 0xff;
      from = 1;
    }
    if (Frame.has(flags, Frame.WITH_PRIORITY)) {
      if (to - from < PRIORITY_BYTES) {
        return length < from + PRIORITY_BYTES ? Violation.FRAME_SIZE : Violation.PADDING;
      }
      priority = Arrays.copyOfRange(bytes, from, from + PRIORITY_BYTES);
      from += PRIORITY_BYTES;
    }
    if (to < from) {
      return Violation.PADDING;
    }
    length = to - from;
    if (from > 0) {
      System.arraycopy(bytes, from, bytes, 0, length);
    }
    return null;
  }

  /// Whether no CONTINUATION frame follows.
  public boolean isComplete() {
    return Frame.has(flags, Frame.END_HEADERS);
  }

  /// Forgets the block.
  public void close() {
    streamId = 0;
    if (bytes.length > KEPT_BYTES) {
      bytes = new byte[0];
    }
  }

  public int streamId() {
    return streamId;
  }

  public boolean endsStream() {
    return Frame.has(flags, Frame.END_STREAM);
  }

  /// The five bytes that say the stream's priority; null when it has none.
  public byte @Nullable [] priority() {
    return priority;
  }

  /// The block's bytes; valid up to [#length()], until the block is closed.
  public byte[] bytes() {
    return bytes;
  }

  public int length() {
    return length;
  }
}
