package io.sidetrace.sidecar.format;

import java.nio.charset.StandardCharsets;

/// Octets, one a character, looked at as UTF-8.
final class Utf8 {
  private Utf8() {}

  /// The octets of a text.
  static String octets(String characters) {
    return new String(characters.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /// The text of octets; where they are none, each octet is the character of its number.
  static String characters(String octets) {
    return isAscii(octets) || !isValid(octets, 0)
        ? octets
        : new String(octets.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  private static boolean isAscii(CharSequence octets) {
    for (int i = 0; i < octets.length(); i++) {
      if (octets.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  /// Whether the octets from `from` on are UTF-8 (RFC 3629).
  static boolean isValid(CharSequence octets, int from) {
    int at = from;
    while (at < octets.length()) {
      int length = sequenceLength(octets, at);
      if (length == 0) {
        return false;
      }
      at += length;
    }
    return true;
  }

  /// 0 when no sequence begins there.
  private static int sequenceLength(CharSequence octets, int at) {
    int lead = octets.charAt(at);
    if (lead < 0x80) {
      return 1;
    }
    int length = lengthOf(lead);
    if (length == 0 || at + length > octets.length()) {
      return 0;
    }
    int second = octets.charAt(at + 1);
    if (second < leastSecond(lead) || second > mostSecond(lead)) {
      return 0;
    }
    for (int i = 2; i < length; i++) {
      if ((octets.charAt(at + i) & ~0x3f) != 0x80) {
        return 0;
      }
    }
    return length;
  }

  private static int lengthOf(int lead) {
    if (lead >= 0xc2 && lead <= 0xdf) {
      return 2;
    }
    if (lead >= 0xe0 && lead <= 0xef) {
      return 3;
    }
    return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
  }

  /// Shorter forms exist for what begins lower.
  private static int leastSecond(int lead) {
    return switch (lead) {
      case 0xe0 -> 0xa0;
      case 0xf0 -> 0x90;
      default -> 0x80;
    };
  }

  /// Surrogates, and what is beyond Unicode, begin higher.
  private static int mostSecond(int lead) {
    return switch (lead) {
      case 0xed -> 0x9f;
      case 0xf4 -> 0x8f;
      default -> 0xbf;
    };
  }
}
