package io.sidetrace.sidecar.fuzz;

import java.util.List;
import java.util.random.RandomGenerator;

/// Makes texts near a given one: pieces cut, doubled, moved in from other texts, and characters
/// replaced by ones that parsers trip over.
///
/// @param tokens pieces that mean something to the parser
/// @param characters single characters that do
public record Mutator(List<String> tokens, String characters) {
  private static final int MOST_CHANGES = 4;

  public String mutate(String good, String other, RandomGenerator random) {
    var text = new StringBuilder(good);
    for (int changes = 1 + random.nextInt(MOST_CHANGES); changes > 0; changes--) {
      change(text, other, random);
    }
    return text.toString();
  }

  private void change(StringBuilder text, String other, RandomGenerator random) {
    int from = random.nextInt(text.length() + 1);
    int to = Math.min(text.length(), from + shortLength(random));
    switch (random.nextInt(7)) {
      case 0 -> text.delete(from, to);
      case 1 -> text.insert(from, text.substring(from, to));
      case 2 -> text.insert(from, tokens.get(random.nextInt(tokens.size())));
      case 3 -> text.replace(from, to, tokens.get(random.nextInt(tokens.size())));
      case 4 -> text.replace(from, to, piece(other, random));
      case 5 -> text.setLength(random.nextInt(4) == 0 ? from : text.length());
      default -> replaceCharacter(text, random);
    }
  }

  private void replaceCharacter(StringBuilder text, RandomGenerator random) {
    if (!text.isEmpty()) {
      char character = characters.charAt(random.nextInt(characters.length()));
      text.setCharAt(random.nextInt(text.length()), character);
    }
  }

  private static String piece(String text, RandomGenerator random) {
    int from = random.nextInt(text.length() + 1);
    return text.substring(from, Math.min(text.length(), from + 8 * shortLength(random)));
  }

  /// Mostly one or two, sometimes a dozen.
  private static int shortLength(RandomGenerator random) {
    return 1 + random.nextInt(1 + random.nextInt(12));
  }
}
