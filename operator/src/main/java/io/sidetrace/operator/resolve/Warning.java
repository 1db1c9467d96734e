package io.sidetrace.operator.resolve;

/// The wording of warnings: what came, what was expected, what happens instead.
final class Warning {
  private static final int MAX_VALUE = 64; // characters; what is longer says nothing more

  private Warning() {}

  static String unreadable(String key, String value, String expected, String instead) {
    var shown = value.length() > MAX_VALUE ? value.substring(0, MAX_VALUE) + "…" : value;
    return key + ": \"" + shown + "\" (expected: " + expected + "); " + instead;
  }
}
