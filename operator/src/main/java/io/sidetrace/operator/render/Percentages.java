package io.sidetrace.operator.render;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;

/// Shares, in the forms that Envoy knows. From the number's text, so that 33.33 percent stays that.
final class Percentages {
  private static final int TEN_THOUSANDTHS = 2; // digits behind the point of a percentage
  private static final int MILLIONTHS = 6; // digits behind the point of a ratio

  private Percentages() {}

  /// `Percent`: a number with a fraction.
  static ObjectNode percent(Number percent) {
    var value = percent.doubleValue();
    return value == Math.rint(value)
        ? object().put("value", (int) value)
        : object().put("value", value);
  }

  /// `FractionalPercent`, of a percentage with up to two digits behind the point.
  static ObjectNode fraction(Number percent) {
    var value = percent.doubleValue();
    return value == Math.rint(value)
        ? object().put("numerator", (int) value)
        : object()
            .put("numerator", scaled(percent, TEN_THOUSANDTHS))
            .put("denominator", "TEN_THOUSAND");
  }

  /// `FractionalPercent`, of a part of 1 with up to six digits behind the point.
  static ObjectNode ofRatio(double ratio) {
    return object().put("numerator", scaled(ratio, MILLIONTHS)).put("denominator", "MILLION");
  }

  /// The part of 1 that a percentage is.
  static BigDecimal ratio(double percent) {
    return BigDecimal.valueOf(percent).movePointLeft(2).stripTrailingZeros();
  }

  private static int scaled(Number number, int digits) {
    return BigDecimal.valueOf(number.doubleValue()).movePointRight(digits).intValue();
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
