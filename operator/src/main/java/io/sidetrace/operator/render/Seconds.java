package io.sidetrace.operator.render;

import java.math.BigDecimal;

/// Durations in the only unit that they have in Envoy's JSON.
final class Seconds {
  private Seconds() {}

  /// @param duration in ms, s or m, as `validate` takes it
  static String format(String duration) {
    BigDecimal seconds;
    if (duration.endsWith("ms")) {
      seconds = number(duration, "ms").movePointLeft(3);
    } else if (duration.endsWith("m")) {
      seconds = number(duration, "m").multiply(BigDecimal.valueOf(60));
    } else {
      seconds = number(duration, "s");
    }
    return seconds.stripTrailingZeros().toPlainString() + "s";
  }

  private static BigDecimal number(String duration, String unit) {
    return new BigDecimal(duration.substring(0, duration.length() - unit.length()));
  }
}
