package io.sidetrace.sidecar.intercept;

import io.netty.buffer.ByteBuf;

/// Tells whether a server that speaks first may speak HTTP/2: it begins with SETTINGS, without
/// waiting for the client's preface. No other protocol is known to begin with such nine bytes.
public final class Http2Greeting {
  /// Behind the frame's length: the type SETTINGS, no flags, and the connection as its stream.
  private static final byte[] BEHIND_LENGTH = {4, 0, 0, 0, 0, 0};

  /// The first of them is zero: no frame is longer than 16 KiB before more was offered.
  private static final int LENGTH_BYTES = 3;

  private Http2Greeting() {}

  /// Whether the bytes from the reader index are, or may become, such a beginning.
  public static boolean mayBegin(ByteBuf in) {
    int start = in.readerIndex();
    int seen = Math.min(in.readableBytes(), LENGTH_BYTES + BEHIND_LENGTH.length);
    if (seen > 0 && in.getByte(start) != 0) {
      return false;
    }
    for (int i = LENGTH_BYTES; i < seen; i++) {
      if (in.getByte(start + i) != BEHIND_LENGTH[i - LENGTH_BYTES]) {
        return false;
      }
    }
    return true;
  }
}
