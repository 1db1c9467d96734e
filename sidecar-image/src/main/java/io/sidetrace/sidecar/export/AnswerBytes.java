package io.sidetrace.sidecar.export;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/// What came of a collector's answer, up to a bound. Confined to its connection's loop.
public final class AnswerBytes {
  /// A line of complaint.
  private static final int MOST_SHOWN = 200;

  private final int limit;
  private byte[] bytes = {};

  /// @param limit an answer to spans is empty or a line of complaint; a longer one is not worth
  ///   reading
  public AnswerBytes(int limit) {
    this.limit = limit;
  }

  /// Takes over all that is readable.
  ///
  /// @return whether it was within the limit
  public boolean add(ByteBuf more) {
    int count = more.readableBytes();
    if (count > limit - bytes.length) {
      return false;
    }
    int before = bytes.length;
    bytes = Arrays.copyOf(bytes, before + count);
    more.readBytes(bytes, before, count);
    return true;
  }

  public byte[] toBytes() {
    return bytes;
  }

  /// A collector's own words, on one line that is not too long.
  public static String shown(String text) {
    String cut = text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "…" : text;
    return cut.replaceAll("\\p{Cntrl}", " ").strip();
  }
}
