package io.sidetrace.sidecar.trace;

/// Lower-case hexadecimal of 64-bit words, by table: every request of a traced service passes here.
public final class Hex {
  private static final byte[] DIGITS =
      "0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

  private Hex() {}

  /// The word as exactly 16 digits.
  @SuppressWarnings(
      "deprecation") // the byte-to-Latin-1 constructor copies once; the charset one checks and
  // copies
  public static String format(long word) {
    byte[] text = new byte[16];
    for (int i = 15; i >= 0; i--) {
      text[i] = DIGITS[(int) word & 0xf];
      word >>>= 4;
    }
    return new String(text, 0);
  }

  /// Whether every character is a hexadecimal digit of either case.
  public static boolean isHex(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      if (digit(text.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  /// The 16 digits that begin at `from`; the caller has checked that they are digits.
  public static long parse(CharSequence text, int from) {
    long word = 0;
    for (int i = from; i < from + 16; i++) {
      word = word << 4 | digit(text.charAt(i));
    }
    return word;
  }

  /// The value of a hexadecimal digit of either case; -1 for any other character.
  public static int digit(char c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    char lower = (char) (c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
  }
}
