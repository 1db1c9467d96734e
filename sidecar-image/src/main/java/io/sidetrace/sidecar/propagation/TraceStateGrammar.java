package io.sidetrace.sidecar.propagation;

/// W3C's grammar of `tracestate`: `vendor=value,tenant@vendor=value`, blanks around members
/// allowed.
///
/// A key that is given twice passes: which of the two counts, its vendor knows.
final class TraceStateGrammar {
  /// The specification's limits, in members and in characters.
  private static final int MAX_MEMBERS = 32;

  private static final int MAX_KEY = 256;
  private static final int MAX_VALUE = 256;

  private TraceStateGrammar() {}

  /// Whether there is at least one member, and nothing else than members.
  static boolean accepts(String text) {
    int members = 0;
    int at = 0;
    while (at < text.length()) {
      int comma = text.indexOf(',', at);
      int next = comma < 0 ? text.length() : comma;
      int start = at;
      while (start < next && isBlank(text.charAt(start))) {
        start++;
      }
      int end = next;
      while (end > start && isBlank(text.charAt(end - 1))) {
        end--;
      }
      if (start < end && (++members > MAX_MEMBERS || !isMember(text, start, end))) {
        return false;
      }
      at = next + 1;
    }
    return members > 0;
  }

  private static boolean isMember(String text, int start, int end) {
    int at = start;
    while (at < end && isKey(text.charAt(at))) {
      at++;
    }
    int key = at - start;
    boolean keyed = key > 0 && key <= MAX_KEY && isFirstOfKey(text.charAt(start));
    if (!keyed || at == end || text.charAt(at) != '=') {
      return false;
    }
    int value = ++at;
    while (at < end && isValue(text.charAt(at))) {
      at++;
    }
    return at == end && end > value && end - value <= MAX_VALUE;
  }

  private static boolean isFirstOfKey(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  }

  private static boolean isKey(char c) {
    return isFirstOfKey(c) || c == '_' || c == '-' || c == '*' || c == '/' || c == '@';
  }

  private static boolean isValue(char c) {
    return c >= ' ' && c <= '~' && c != '=';
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
