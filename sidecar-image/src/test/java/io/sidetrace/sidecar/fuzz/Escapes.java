package io.sidetrace.sidecar.fuzz;

/// Text of any characters as one printable line: `\r \n \t \\`, `\xNN` for other bytes that are no
/// visible ASCII, four digits behind `u` for characters beyond. Bytes are texts whose characters
/// are below 256.
public final class Escapes {
  private Escapes() {}

  public static String format(String text) {
    var line = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      boolean atEdge = i == 0 || i == text.length() - 1;
      format(text.charAt(i), atEdge, line);
    }
    return line.toString();
  }

  /// A blank at an edge is escaped, because editors and eyes lose it there.
  private static void format(char character, boolean atEdge, StringBuilder line) {
    switch (character) {
      case '\r' -> line.append("\\r");
      case '\n' -> line.append("\\n");
      case '\t' -> line.append("\\t");
      case '\\' -> line.append("\\\\");
      default -> {
        if (character > 0xff) {
          line.append("\\u%04x".formatted((int) character));
        } else if (character < ' ' || character > '~' || (atEdge && character == ' ')) {
          line.append("\\x%02x".formatted((int) character));
        } else {
          line.append(character);
        }
      }
    }
  }

  public static String parse(String line) {
    var text = new StringBuilder(line.length());
    for (int at = 0; at < line.length(); at++) {
      char character = line.charAt(at);
      if (character != '\\') {
        text.append(character);
        continue;
      }
      switch (line.charAt(++at)) {
        case 'r' -> text.append('\r');
        case 'n' -> text.append('\n');
        case 't' -> text.append('\t');
        case '\\' -> text.append('\\');
        case 'x' -> {
          text.append((char) Integer.parseInt(line.substring(at + 1, at + 3), 16));
          at += 2;
        }
        case 'u' -> {
          text.append((char) Integer.parseInt(line.substring(at + 1, at + 5), 16));
          at += 4;
        }
        default ->
            throw new IllegalArgumentException(
                line + ": unknown escape at " + at + " (expected: \\r \\n \\t \\\\ \\x or \\u)");
      }
    }
    return text.toString();
  }
}
