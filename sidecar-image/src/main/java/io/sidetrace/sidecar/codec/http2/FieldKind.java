package io.sidetrace.sidecar.codec.http2;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// What a field is to its message (RFC 9113 sections 8.2 and 8.3).
enum FieldKind {
  REGULAR,
  METHOD,
  SCHEME,
  AUTHORITY,
  PATH,
  STATUS,
  /// Of an extended CONNECT (RFC 8441).
  PROTOCOL,
  HOST,
  /// A name or value with a byte that must not be in it, or a pseudo-header that nobody knows.
  MALFORMED,
  /// Of HTTP/1's connections; a proxy that goes on in HTTP/1 would take it for its own.
  CONNECTION_SPECIFIC;

  private static final byte[] TE = ascii("te");
  private static final byte[] TRAILERS = ascii("trailers");
  private static final byte[] HOST_NAME = ascii("host");
  private static final byte[] UPGRADE = ascii("upgrade");
  private static final byte[] CONNECTION = ascii("connection");
  private static final byte[] KEEP_ALIVE = ascii("keep-alive");
  private static final byte[] PROXY_CONNECTION = ascii("proxy-connection");
  private static final byte[] TRANSFER_ENCODING = ascii("transfer-encoding");

  private static final boolean[] NAME = new boolean[256];

  static {
    for (char c = '!'; c < 0x7f; c++) {
      NAME[c] = (c < 'A' || c > 'Z') && "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0;
    }
  }

  boolean isPseudo() {
    return switch (this) {
      case METHOD, SCHEME, AUTHORITY, PATH, STATUS, PROTOCOL -> true;
      case REGULAR, HOST, MALFORMED, CONNECTION_SPECIFIC -> false;
    };
  }

  /// The kind of the field that stands in the bytes.
  ///
  /// @param name where the name begins
  /// @param value where it ends and the value begins
  static FieldKind of(byte[] bytes, int name, int value, int end) {
    if (name == value || !isValue(bytes, value, end)) {
      return MALFORMED;
    }
    if (bytes[name] == ':') {
      return pseudo(bytes, name, value);
    }
    for (int i = name; i < value; i++) {
      if (!NAME[bytes[i] & 0xff]) {
        return MALFORMED;
      }
    }
    return regular(bytes, name, value, end);
  }

  /// Blanks around a value are passed on: HTTP/1 knows them as well, and takes them off.
  private static boolean isValue(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == 0 || bytes[i] == '\r' || bytes[i] == '\n') {
        return false;
      }
    }
    return true;
  }

  private static FieldKind pseudo(byte[] bytes, int from, int to) {
    return switch (new String(bytes, from, to - from, StandardCharsets.ISO_8859_1)) {
      case ":method" -> METHOD;
      case ":scheme" -> SCHEME;
      case ":authority" -> AUTHORITY;
      case ":path" -> PATH;
      case ":status" -> STATUS;
      case ":protocol" -> PROTOCOL;
      default -> MALFORMED;
    };
  }

  private static FieldKind regular(byte[] bytes, int from, int to, int end) {
    return switch (to - from) {
      case 2 -> is(bytes, from, to, TE) ? te(bytes, to, end) : REGULAR;
      case 4 -> is(bytes, from, to, HOST_NAME) ? HOST : REGULAR;
      case 7 -> specificIf(is(bytes, from, to, UPGRADE));
      case 10 -> specificIf(is(bytes, from, to, CONNECTION) || is(bytes, from, to, KEEP_ALIVE));
      case 16 -> specificIf(is(bytes, from, to, PROXY_CONNECTION));
      case 17 -> specificIf(is(bytes, from, to, TRANSFER_ENCODING));
      default -> REGULAR;
    };
  }

  private static FieldKind te(byte[] bytes, int value, int end) {
    return specificIf(!is(bytes, value, end, TRAILERS));
  }

  private static FieldKind specificIf(boolean specific) {
    return specific ? CONNECTION_SPECIFIC : REGULAR;
  }

  private static boolean is(byte[] bytes, int from, int to, byte[] text) {
    return Arrays.equals(bytes, from, to, text, 0, text.length);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
