package io.sidetrace.sidecar.format;

import java.util.ArrayList;
import java.util.List;

/// A date format in the manner of `strftime`, in UTC, with the additions that Envoy has: `%3f`
/// (fractions of a second), `%E3S` (seconds with fractions), `%Ez` (`+00:00`). Immutable.
record TimeFormat(List<Piece> pieces) {
  static final String DEFAULT = "%Y-%m-%dT%H:%M:%E3SZ";

  private static final int MICROS = 1_000_000;

  TimeFormat {
    pieces = List.copyOf(pieces);
  }

  /// What became of a text.
  sealed interface Parsed {
    record Compiled(TimeFormat format) implements Parsed {}

    record Refused(String reason) implements Parsed {}
  }

  /// A character, a part of the date, or a fraction of the second.
  sealed interface Piece {
    record Literal(char octet) implements Piece {}

    record Field(TimeField field) implements Piece {}

    record Fraction(int digits) implements Piece {}
  }

  static Parsed parse(String text) {
    List<Piece> pieces = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      if (text.charAt(at) != '%') {
        pieces.add(new Piece.Literal(text.charAt(at++)));
        continue;
      }
      int end = conversionEnd(text, at + 1);
      String conversion = text.substring(at + 1, end);
      if (!add(conversion, pieces)) {
        return new Parsed.Refused(
            "%%%s is no part of a date (expected one of: %s %%F %%D %%T %%R %%1f..%%9f %%E1S..%%E9S %%%%)"
                .formatted(conversion, TimeField.all()));
      }
      at = end;
    }
    return new Parsed.Compiled(new TimeFormat(pieces));
  }

  /// Behind the letter that ends a conversion: digits and an `E` may stand before it.
  private static int conversionEnd(String text, int from) {
    int at = from;
    while (at < text.length() - 1 && "E123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return Math.min(text.length(), at + 1);
  }

  /// @return false when there is no such conversion
  private static boolean add(String conversion, List<Piece> pieces) {
    switch (conversion) {
      case "%" -> pieces.add(new Piece.Literal('%'));
      case "F" -> addAll("Y-m-d", pieces);
      case "D" -> addAll("m/d/y", pieces);
      case "T" -> addAll("H:M:S", pieces);
      case "R" -> addAll("H:M", pieces);
      case "f" -> pieces.add(new Piece.Fraction(9));
      default -> {
        return addField(conversion, pieces);
      }
    }
    return true;
  }

  /// Letters are conversions here, all else is itself.
  private static void addAll(String conversions, List<Piece> pieces) {
    for (int i = 0; i < conversions.length(); i++) {
      char c = conversions.charAt(i);
      TimeField field = TimeField.of(String.valueOf(c));
      pieces.add(field == null ? new Piece.Literal(c) : new Piece.Field(field));
    }
  }

  private static boolean addField(String conversion, List<Piece> pieces) {
    if (conversion.matches("[1-9]f")) {
      pieces.add(new Piece.Fraction(conversion.charAt(0) - '0'));
      return true;
    }
    if (conversion.matches("E[1-9]S")) {
      addAll("S.", pieces);
      pieces.add(new Piece.Fraction(conversion.charAt(1) - '0'));
      return true;
    }
    TimeField field = TimeField.of(conversion);
    return field != null && pieces.add(new Piece.Field(field));
  }

  void append(long epochMicros, StringBuilder out) {
    long second = Math.floorDiv(epochMicros, MICROS);
    int micros = Math.floorMod(epochMicros, MICROS);
    for (int i = 0; i < pieces.size(); i++) {
      switch (pieces.get(i)) {
        case Piece.Literal(char octet) -> out.append(octet);
        case Piece.Field(TimeField field) -> field.append(second, out);
        case Piece.Fraction(int digits) -> appendFraction(micros, digits, out);
      }
    }
  }

  private static void appendFraction(int micros, int digits, StringBuilder out) {
    int divisor = MICROS / 10;
    for (int i = 0; i < digits; i++) {
      out.append(divisor == 0 ? '0' : (char) ('0' + micros / divisor % 10));
      divisor /= 10;
    }
  }
}
