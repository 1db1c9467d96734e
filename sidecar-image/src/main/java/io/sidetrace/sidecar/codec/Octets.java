package io.sidetrace.sidecar.codec;

/// Which bytes may stand where in a head, by table (RFC 9110 section 5.6.2, RFC 9112 section 3).
final class Octets {
  static final byte CR = '\r';
  static final byte LF = '\n';
  static final byte SP = ' ';
  static final byte HT = '\t';

  private static final boolean[] TOKEN = new boolean[256];
  private static final boolean[] TARGET = new boolean[256];
  private static final boolean[] VALUE = new boolean[256];

  static {
    for (int c = 0; c < 256; c++) {
      boolean visible = c > 0x20 && c != 0x7f;
      TARGET[c] = visible && c != '#';
      VALUE[c] = visible || c == SP || c == HT;
      TOKEN[c] = visible && c < 0x7f && "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0;
    }
  }

  private Octets() {}

  /// Of methods and field names.
  static boolean isToken(byte octet) {
    return TOKEN[octet & 0xff];
  }

  /// Of request targets: all but controls, blanks, and the beginning of a fragment, which is never
  /// sent.
  static boolean isTarget(byte octet) {
    return TARGET[octet & 0xff];
  }

  /// Of field values and reason phrases: no controls, so no carriage return either.
  static boolean isValue(byte octet) {
    return VALUE[octet & 0xff];
  }

  static boolean isBlank(byte octet) {
    return octet == SP || octet == HT;
  }

  /// The digit's value; -1 when it is none.
  static int hexDigit(byte octet) {
    if (octet >= '0' && octet <= '9') {
      return octet - '0';
    }
    int lower = octet | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
  }

  /// Whether the bytes are `text` in any case; `text` is in lower case.
  static boolean equalsIgnoreCase(byte[] bytes, int from, int to, String text) {
    if (to - from != text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (lower(bytes[from + i]) != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static int lower(byte octet) {
    return octet >= 'A' && octet <= 'Z' ? octet + 0x20 : octet;
  }
}
