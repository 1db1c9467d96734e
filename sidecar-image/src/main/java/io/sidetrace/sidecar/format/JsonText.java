package io.sidetrace.sidecar.format;

/// Texts of JSON.
final class JsonText {
  private JsonText() {}

  static String quoted(String characters) {
    var out = new StringBuilder("\"").append(Utf8.octets(characters));
    escape(out, 1);
    return out.append('"').toString();
  }

  /// Escapes in place what was appended from `from` on; most texts need nothing. Octets that are no
  /// UTF-8 become the characters of their numbers, as in Envoy.
  static void escape(StringBuilder out, int from) {
    boolean whole = Utf8.isValid(out, from);
    for (int i = from; i < out.length(); i++) {
      char c = out.charAt(i);
      int letter = "\b\t\n\f\r".indexOf(c);
      if (c == '"' || c == '\\') {
        out.insert(i++, '\\');
      } else if (letter >= 0) {
        out.replace(i, ++i, "\\" + "btnfr".charAt(letter));
      } else if (c < ' ' || c == 0x7f || (c >= 0x80 && !whole)) {
        out.replace(i, i + 1, "\\u%04x".formatted((int) c));
        i += 5;
      }
    }
  }
}
