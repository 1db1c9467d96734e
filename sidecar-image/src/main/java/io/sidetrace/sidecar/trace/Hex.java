package io.sidetrace.sidecar.trace;

import java.util.HexFormat;

/// Lower-case hexadecimal of 64-bit words: every request of a traced service passes here.
public final class Hex {
  private static final byte[] DIGITS =
      "0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

  private static final HexFormat JDK = HexFormat.of();

  private Hex() {}

  /// The word as exactly 16 digits.
  public static String format(long word) {
    return JDK.toHexDigits(word); // the one way to a text without a copy
  }

  /// Writes the `count` lowest digits of the word, from `at` on.
  public static void write(long word, byte[] text, int at, int count) {
    long rest = word;
    for (int i = at + count - 1; i >= at; i--) {
      text[i] = DIGITS[(int) rest & 0xf];
      rest >>>= 4;
    }
  }

  /// The bytes as characters. This constructor only copies; the one with a charset checks too.
  @SuppressWarnings("deprecation")
  public static String latin1(byte[] text) {
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

  /// Whether there are nothing but zeros from `from` to `to`.
  public static boolean isZero(CharSequence text, int from, int to) {
    int at = from;
    while (at < to && text.charAt(at) == '0') {
      at++;
    }
    return at == to;
  }

  /// The 16 digits that begin at `from`; the caller has checked that they are digits.
  public static long parse(CharSequence text, int from) {
    return parse(text, from, from + 16);
  }

  /// Up to 16 digits from `from` to `to`; the caller has checked that they are digits.
  public static long parse(CharSequence text, int from, int to) {
    long word = 0;
    for (int i = from; i < to; i++) {
      word = word << 4 | digit(text.charAt(i));
    }
    return word;
  }

  /// Where the run of lower-case digits that begins at `from` ends.
  public static int endOfLowerDigits(CharSequence text, int from) {
    int at = from;
    while (at < text.length() && isLowerDigit(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isLowerDigit(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
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
