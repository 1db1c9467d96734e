package io.sidetrace.sidecar.propagation;

import java.util.random.RandomGenerator;

/// Texts near a good one: cut, doubled, and with characters replaced by ones that parsers trip
/// over.
final class FuzzedText {
  private static final String CHARACTERS = "0123456789abcdefABCDEFg-_ d1\t\u0000\u0130\uff11\ud800";

  private FuzzedText() {}

  static String mutate(String good, RandomGenerator random) {
    var text = new StringBuilder(good);
    int cuts = random.nextInt(3);
    for (int i = 0; i < cuts && !text.isEmpty(); i++) {
      switch (random.nextInt(3)) {
        case 0 -> text.setLength(cutAtDash(text, random));
        case 1 -> text.delete(0, random.nextInt(2) * 16);
        default -> text.setLength(random.nextInt(text.length() + 1));
      }
    }
    int replaced = random.nextInt(3);
    for (int i = 0; i < replaced && !text.isEmpty(); i++) {
      char character = CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
      text.setCharAt(random.nextInt(text.length()), character);
    }
    return text.toString();
  }

  private static int cutAtDash(StringBuilder text, RandomGenerator random) {
    int dash = text.indexOf("-", random.nextInt(text.length()));
    return dash < 0 ? text.length() : dash;
  }
}
