package io.sidetrace.sidecar.codec;

import static io.sidetrace.sidecar.codec.Octets.equalsIgnoreCase;

import org.jspecify.annotations.Nullable;

/// What a head's fields say of its message's framing and of its connection, gathered field by
/// field.
final class MessageFacts {
  /// No Content-Length.
  static final long NO_LENGTH = -1;

  /// 10^18 - 1 fits into a `long`; no body is longer.
  private static final int LENGTH_DIGITS = 18;

  long contentLength;
  boolean transferEncoding;
  boolean chunked;
  int hosts;
  boolean close;
  boolean keepAlive;
  boolean upgrade;
  boolean upgradeToHttp2;
  boolean http2Settings;
  private @Nullable Malformation problem;

  void clear() {
    contentLength = NO_LENGTH;
    transferEncoding = false;
    chunked = false;
    hosts = 0;
    close = false;
    keepAlive = false;
    upgrade = false;
    upgradeToHttp2 = false;
    http2Settings = false;
    problem = null;
  }

  @Nullable Malformation problem() {
    return problem;
  }

  /// Looks closer only at names whose length is one of six: most fields cost one comparison.
  void note(byte[] bytes, int name, int colon, int value, int end) {
    switch (colon - name) {
      case 4 -> {
        if (equalsIgnoreCase(bytes, name, colon, "host")) {
          hosts++;
        }
      }
      case 7 -> {
        if (equalsIgnoreCase(bytes, name, colon, "upgrade")) {
          upgrade = true;
          upgradeToHttp2 |= equalsIgnoreCase(bytes, value, end, "h2c");
        }
      }
      case 10 -> {
        if (equalsIgnoreCase(bytes, name, colon, "connection")) {
          noteConnection(bytes, value, end);
        }
      }
      case 14 -> {
        if (equalsIgnoreCase(bytes, name, colon, "content-length")) {
          noteContentLength(bytes, value, end);
        } else if (equalsIgnoreCase(bytes, name, colon, "http2-settings")) {
          http2Settings = true;
        }
      }
      case 17 -> {
        if (equalsIgnoreCase(bytes, name, colon, "transfer-encoding")) {
          noteTransferEncoding(bytes, value, end);
        }
      }
      default -> {}
    }
  }

  private void noteConnection(byte[] bytes, int from, int end) {
    for (int at = from; at < end; ) {
      int comma = elementEnd(bytes, at, end);
      int start = skipBlanks(bytes, at, comma);
      int stop = trimBlanks(bytes, start, comma);
      close |= equalsIgnoreCase(bytes, start, stop, "close");
      keepAlive |= equalsIgnoreCase(bytes, start, stop, "keep-alive");
      at = comma + 1;
    }
  }

  private void noteContentLength(byte[] bytes, int from, int end) {
    long value = 0;
    boolean digits = end > from && end - from <= LENGTH_DIGITS;
    for (int i = from; digits && i < end; i++) {
      digits = bytes[i] >= '0' && bytes[i] <= '9';
      value = value * 10 + bytes[i] - '0';
    }
    if (!digits || contentLength != NO_LENGTH) {
      problem = Malformation.CONTENT_LENGTH;
      return;
    }
    contentLength = value;
  }

  /// The codings of all fields form one list; `chunked` may stand in it once, as the last. Empty
  /// elements are legal in it, but whoever looks at one field or one element sees no coding then.
  private void noteTransferEncoding(byte[] bytes, int from, int end) {
    transferEncoding = true;
    int at = from;
    do {
      int comma = elementEnd(bytes, at, end);
      int start = skipBlanks(bytes, at, comma);
      int stop = trimBlanks(bytes, start, comma);
      if (chunked || start == stop) {
        problem = Malformation.TRANSFER_ENCODING;
      }
      chunked = equalsIgnoreCase(bytes, start, stop, "chunked");
      at = comma + 1;
    } while (at <= end);
  }

  private static int elementEnd(byte[] bytes, int from, int end) {
    int at = from;
    while (at < end && bytes[at] != ',') {
      at++;
    }
    return at;
  }

  private static int skipBlanks(byte[] bytes, int from, int end) {
    int at = from;
    while (at < end && Octets.isBlank(bytes[at])) {
      at++;
    }
    return at;
  }

  private static int trimBlanks(byte[] bytes, int from, int end) {
    int at = end;
    while (at > from && Octets.isBlank(bytes[at - 1])) {
      at--;
    }
    return at;
  }
}
