package io.sidetrace.sidecar.sampling;

/// X-Ray's patterns: `*` stands for any characters or none, `?` for one; letters match in any case.
final class Wildcards {
  private Wildcards() {}

  /// Goes back to the last `*` only, so that no pattern takes longer than its length times the
  /// text's.
  static boolean match(String pattern, String text) {
    int at = 0;
    int star = -1;
    int starAt = 0;
    for (int i = 0; i < text.length(); ) {
      if (at < pattern.length() && pattern.charAt(at) == '*') {
        star = at++;
        starAt = i;
      } else if (at < pattern.length() && matches(pattern.charAt(at), text.charAt(i))) {
        at++;
        i++;
      } else if (star >= 0) {
        at = star + 1;
        i = ++starAt;
      } else {
        return false;
      }
    }
    while (at < pattern.length() && pattern.charAt(at) == '*') {
      at++;
    }
    return at == pattern.length();
  }

  private static boolean matches(char pattern, char text) {
    return pattern == '?' || lower(pattern) == lower(text);
  }

  private static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char) (c | 0x20) : c;
  }
}
