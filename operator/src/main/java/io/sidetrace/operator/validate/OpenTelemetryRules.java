package io.sidetrace.operator.validate;

import io.sidetrace.operator.api.OpenTelemetryProvider;
import io.sidetrace.operator.api.Sampler;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What headers, attributes and sampler of OpenTelemetry must keep to.
final class OpenTelemetryRules {
  private static final String FIELD = "spec.provider.opentelemetry";
  private static final int RATIO_DIGITS = 6; // as Envoy's finest fraction, a millionth

  private OpenTelemetryRules() {}

  static void check(OpenTelemetryProvider otlp, List<Violation> violations) {
    checkHeaders(otlp, violations);
    var attributes = otlp.resourceAttributes();
    if (attributes.containsKey("") || attributes.containsValue("")) {
      violations.add(
          new Violation(
              FIELD + ".resourceAttributes",
              "an attribute without a name or a value",
              "such as deployment.environment.name: test"));
    }
    checkSampler(otlp.sampler(), violations);
  }

  private static void checkHeaders(OpenTelemetryProvider otlp, List<Violation> violations) {
    var seen = new HashSet<String>();
    for (var i = 0; i < otlp.headers().size(); i++) {
      var header = otlp.headers().get(i);
      var field = FIELD + ".headers[" + i + "]";
      var name = String.valueOf(header.name());
      if (!Forms.isFieldName(name)) {
        violations.add(new Violation(field + ".name", name, Forms.FIELD_NAME_EXPECTED));
      } else if (!seen.add(name)) {
        violations.add(new Violation(field + ".name", name, "each name once"));
      }
      if (!Forms.isFieldValue(String.valueOf(header.value()))) {
        violations.add(
            new Violation(
                field + ".value",
                "not a header's value",
                "visible characters but %, and spaces between them"));
      }
    }
  }

  private static void checkSampler(@Nullable Sampler sampler, List<Violation> violations) {
    if (sampler == null) {
      return;
    }
    var ratio = sampler.ratio();
    var value = ratio + " with " + sampler.type();
    switch (sampler.type()) {
      case null -> report(".type", "none", "ALWAYS_ON, PARENT_BASED or TRACE_ID_RATIO", violations);
      case ALWAYS_ON -> {
        if (ratio != null) {
          report(".ratio", value, "none, or type TRACE_ID_RATIO or PARENT_BASED", violations);
        }
      }
      case PARENT_BASED -> {
        if (ratio != null && !isRatio(ratio)) {
          report(".ratio", ratio.toString(), "0 to 1 in steps of 0.000001", violations);
        }
      }
      case TRACE_ID_RATIO -> {
        if (ratio == null || !isRatio(ratio)) {
          report(".ratio", String.valueOf(ratio), "0 to 1 in steps of 0.000001", violations);
        }
      }
    }
  }

  private static boolean isRatio(double ratio) {
    return ratio >= 0 && ratio <= 1 && Forms.isInSteps(ratio, RATIO_DIGITS);
  }

  private static void report(
      String name, String value, String expected, List<Violation> violations) {
    violations.add(new Violation(FIELD + ".sampler" + name, value, expected));
  }
}
