package io.sidetrace.sidecar.intercept;

import io.netty.buffer.ByteBuf;

/// Tells the protocol from a connection's first bytes, which may come one by one: no byte is looked
/// at twice, and a protocol is ruled out by the first byte that does not fit. Event-loop confined;
/// one per connection.
///
/// HTTP/1 is only what has a whole request line, so that `OPTIONS rtsp://… RTSP/1.0`, `PING` and an
/// SSH banner are not taken for it.
public final class ProtocolDetector {
  /// Registered methods have at most 17 letters (`UPDATEREDIRECTREF`); others need room too.
  private static final int METHOD_BYTES = 32;

  private static final String HTTP1 = "HTTP/1.";
  private static final String HTTP2_PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

  /// The record type of a TLS handshake, and the major version that every TLS so far has had.
  private static final byte TLS_HANDSHAKE = 22;

  private static final byte TLS_MAJOR_VERSION = 3;

  private enum Part {
    METHOD,
    TARGET,
    VERSION,
    MINOR_VERSION,
    LINE_END,
    LINE_FEED
  }

  private final int lineLimit;
  private int examined;
  private int partStart;
  private Part part = Part.METHOD;
  private boolean mayBeHttp1 = true;
  private boolean mayBeHttp2 = true;

  /// @param lineLimit how many bytes without a whole request line make a connection OTHER, no
  ///   matter how they were cut
  public ProtocolDetector(int lineLimit) {
    this.lineLimit = lineLimit;
  }

  /// Looks at the bytes from the reader index, which stays; each call comes with the bytes of the
  /// one before and more.
  public Protocol detect(ByteBuf in) {
    int base = in.readerIndex();
    int available = in.readableBytes();
    if (available > 0 && in.getByte(base) == TLS_HANDSHAKE) {
      return detectTls(in, base, available);
    }
    int end = Math.min(available, lineLimit);
    while (examined < end) {
      byte octet = in.getByte(base + examined);
      mayBeHttp2 = mayBeHttp2 && HTTP2_PREFACE.charAt(examined) == octet;
      mayBeHttp1 = mayBeHttp1 && fitsRequestLine(octet);
      examined++;
      if (mayBeHttp1 && part == Part.LINE_FEED) {
        return Protocol.HTTP1;
      }
      if (mayBeHttp2 && examined == HTTP2_PREFACE.length()) {
        return Protocol.HTTP2;
      }
      if (!mayBeHttp1 && !mayBeHttp2) {
        return Protocol.OTHER;
      }
    }
    return examined < lineLimit ? Protocol.UNDECIDED : Protocol.OTHER;
  }

  private static Protocol detectTls(ByteBuf in, int base, int available) {
    if (available < 2) {
      return Protocol.UNDECIDED;
    }
    return in.getByte(base + 1) == TLS_MAJOR_VERSION ? Protocol.TLS : Protocol.OTHER;
  }

  private boolean fitsRequestLine(byte octet) {
    return switch (part) {
      case METHOD ->
          octet == ' ' ? nextIfAny(Part.TARGET) : isMethod(octet) && length() < METHOD_BYTES;
      case TARGET -> octet == ' ' ? nextIfAny(Part.VERSION) : isTarget(octet);
      case VERSION -> {
        boolean fits = octet == HTTP1.charAt(length());
        yield fits && (length() + 1 < HTTP1.length() || next(Part.MINOR_VERSION));
      }
      case MINOR_VERSION -> (octet == '0' || octet == '1') && next(Part.LINE_END);
      // A bare line feed is HTTP too, malformed: the codec refuses it by name.
      case LINE_END -> (octet == '\r' && length() == 0) || (octet == '\n' && next(Part.LINE_FEED));
      case LINE_FEED -> true;
    };
  }

  /// How many bytes of the part were before this one.
  private int length() {
    return examined - partStart;
  }

  /// Ends the part, which must not be empty.
  private boolean nextIfAny(Part following) {
    return length() > 0 && next(following);
  }

  private boolean next(Part following) {
    part = following;
    partStart = examined + 1;
    return true;
  }

  private static boolean isMethod(byte octet) {
    return (octet >= 'A' && octet <= 'Z')
        || (octet >= 'a' && octet <= 'z')
        || (octet >= '0' && octet <= '9')
        || "!#$%&'*+-.^_`|~".indexOf(octet) >= 0;
  }

  private static boolean isTarget(byte octet) {
    return octet < 0 || (octet > ' ' && octet != 0x7f);
  }
}
