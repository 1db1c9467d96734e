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

  /// Texts near a good one, of its own characters mostly: pieces moved, cut and doubled.
  static String shuffle(String good, RandomGenerator random) {
    var text = new StringBuilder(good);
    int changes = random.nextInt(4);
    for (int i = 0; i < changes && !text.isEmpty(); i++) {
      int from = random.nextInt(text.length());
      int to = Math.min(text.length(), from + 1 + random.nextInt(20));
      String piece = text.substring(from, to);
      int at = random.nextInt(text.length() + 1);
      switch (random.nextInt(6)) {
        case 0 -> text.delete(from, to);
        case 1 -> text.insert(at, piece);
        case 2 -> text.replace(from, to, "0".repeat(piece.length()));
        case 3 -> text.setCharAt(from, good.charAt(random.nextInt(good.length())));
        case 4 -> text.setCharAt(from, CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
        default -> text.append(piece.repeat(random.nextInt(40)));
      }
    }
    return text.toString();
  }

  private static int cutAtDash(StringBuilder text, RandomGenerator random) {
    int dash = text.indexOf("-", random.nextInt(text.length()));
    return dash < 0 ? text.length() : dash;
  }
}
