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
