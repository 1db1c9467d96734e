package io.sidetrace.sidecar.propagation;

import org.jspecify.annotations.Nullable;

/// Identifiers of 64 bits as decimal numbers without a sign.
final class Decimal {
  private static final String LARGEST = "18446744073709551615"; // 2^64 - 1

  private Decimal() {}

  /// What is wrong with it; null: nothing. Zero is a number.
  static @Nullable Problem problem(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return Problem.NO_NUMBER;
      }
    }
    if (text.isEmpty()) {
      return Problem.NO_NUMBER;
    }
    boolean fits =
        text.length() < LARGEST.length()
            || (text.length() == LARGEST.length() && text.compareTo(LARGEST) <= 0);
    return fits ? null : Problem.TOO_LARGE;
  }

  enum Problem {
    NO_NUMBER,
    TOO_LARGE
  }

  /// The number in a text without a problem.
  static long parse(String text) {
    return Long.parseUnsignedLong(text);
  }

  static String format(long word) {
    return Long.toUnsignedString(word);
  }
}
