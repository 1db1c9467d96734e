package io.sidetrace.operator.resolve;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.Map;

/// Whether a label selector matches, as Kubernetes means it.
final class Selection {
  private Selection() {}

  /// An empty selector matches everything.
  static boolean matches(LabelSelector selector, Map<String, String> labels) {
    var wanted = selector.getMatchLabels();
    var expressions = selector.getMatchExpressions();
    return (wanted == null || labels.entrySet().containsAll(wanted.entrySet()))
        && (expressions == null
            || expressions.stream().allMatch(expression -> matches(expression, labels)));
  }

  private static boolean matches(LabelSelectorRequirement expression, Map<String, String> labels) {
    var value = labels.get(expression.getKey());
    return switch (String.valueOf(expression.getOperator())) {
      case "In" -> value != null && expression.getValues().contains(value);
      case "NotIn" -> value == null || !expression.getValues().contains(value);
      case "Exists" -> value != null;
      case "DoesNotExist" -> value == null;
      default -> false; // validate has refused it; it must not select anything
    };
  }
}
