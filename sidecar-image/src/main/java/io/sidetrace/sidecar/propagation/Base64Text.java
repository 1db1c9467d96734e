package io.sidetrace.sidecar.propagation;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// Base64 in header fields, by the standard alphabet. The JDK's decoder throws at what it does not
/// understand, which here is nothing out of the ordinary.
final class Base64Text {
  private Base64Text() {}

  static String encode(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /// The bytes; null when the text is not their encoding, with padding or without.
  static byte @Nullable [] decode(String text) {
    int end = text.length();
    while (end > 0 && text.length() - end < 2 && text.charAt(end - 1) == '=') {
      end--;
    }
    boolean padded = end < text.length();
    if (end % 4 == 1 || (padded && text.length() % 4 != 0) || !isAlphabet(text, end)) {
      return null;
    }
    return Base64.getDecoder().decode(text.substring(0, end));
  }

  private static boolean isAlphabet(String text, int end) {
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!letter && !(c >= '0' && c <= '9') && c != '+' && c != '/') {
        return false;
      }
    }
    return true;
  }
}
