package io.sidetrace.operator.validate;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a label selector must keep to; the schema of a custom resource does not check it.
final class SelectorRules {
  private SelectorRules() {}

  static void check(@Nullable LabelSelector selector, List<Violation> violations) {
    if (selector == null || selector.getMatchExpressions() == null) {
      return;
    }
    var expressions = selector.getMatchExpressions();
    for (var i = 0; i < expressions.size(); i++) {
      check("spec.selector.matchExpressions[" + i + "]", expressions.get(i), violations);
    }
  }

  private static void check(
      String field, LabelSelectorRequirement expression, List<Violation> violations) {
    if (expression.getKey() == null || expression.getKey().isEmpty()) {
      violations.add(new Violation(field + ".key", "none", "the name of a label"));
    }
    var operator = String.valueOf(expression.getOperator());
    var values = expression.getValues() == null ? List.<String>of() : expression.getValues();
    switch (operator) {
      case "In", "NotIn" -> {
        if (values.isEmpty()) {
          violations.add(new Violation(field + ".values", "none", "at least one for " + operator));
        }
      }
      case "Exists", "DoesNotExist" -> {
        if (!values.isEmpty()) {
          violations.add(
              new Violation(field + ".values", values.toString(), "none for " + operator));
        }
      }
      default ->
          violations.add(
              new Violation(field + ".operator", operator, "In, NotIn, Exists or DoesNotExist"));
    }
  }
}
