package io.sidetrace.sidecar.export.xray;

/// The names of segments, of which X-Ray refuses those with other characters than it knows.
final class Names {
  /// X-Ray's limit.
  private static final int MOST_CHARACTERS = 200;

  /// Beside letters, digits and white space.
  private static final String SYMBOLS = "_.:/%&#=+\\-@";

  /// For a name of which nothing is left.
  private static final String NONE = "-";

  private Names() {}

  /// The name without what X-Ray refuses: nearly always the same text.
  static String cleaned(String name) {
    int end = Math.min(name.length(), MOST_CHARACTERS);
    int at = 0;
    while (at < end && isLegal(name.charAt(at))) {
      at++;
    }
    if (at == name.length() && at > 0) {
      return name;
    }
    var cleaned = new StringBuilder(end);
    for (int i = 0; i < name.length() && cleaned.length() < MOST_CHARACTERS; i++) {
      if (isLegal(name.charAt(i))) {
        cleaned.append(name.charAt(i));
      }
    }
    return cleaned.isEmpty() ? NONE : cleaned.toString();
  }

  private static boolean isLegal(char c) {
    return Character.isLetterOrDigit(c)
        || Character.isSpaceChar(c)
        || c == '\t'
        || SYMBOLS.indexOf(c) >= 0;
  }
}
