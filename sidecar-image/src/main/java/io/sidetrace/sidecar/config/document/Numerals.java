package io.sidetrace.sidecar.config.document;

import java.util.regex.Pattern;

/// The text of numbers, as YAML's core schema has it.
final class Numerals {
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][-+]?\\d+)?");
  private static final Pattern HEXADECIMAL = Pattern.compile("0x[0-9a-fA-F]{1,12}");
  private static final Pattern OCTAL = Pattern.compile("0o[0-7]{1,16}");

  private Numerals() {}

  /// NaN where the text is no finite number.
  static double parse(String text) {
    if (HEXADECIMAL.matcher(text).matches()) {
      return Long.parseLong(text.substring(2), 16);
    }
    if (OCTAL.matcher(text).matches()) {
      return Long.parseLong(text.substring(2), 8);
    }
    double number = DECIMAL.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
    return Double.isFinite(number) ? number : Double.NaN;
  }
}
