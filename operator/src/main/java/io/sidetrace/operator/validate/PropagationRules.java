package io.sidetrace.operator.validate;

import io.sidetrace.operator.api.Propagation;
import io.sidetrace.operator.api.Propagation.Format;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What lists of formats must keep to.
final class PropagationRules {
  private PropagationRules() {}

  static void check(@Nullable Propagation propagation, List<Violation> violations) {
    if (propagation != null) {
      check("spec.propagation.extract", propagation.extract(), violations);
      check("spec.propagation.inject", propagation.inject(), violations);
    }
  }

  private static void check(String field, List<Format> formats, List<Violation> violations) {
    var seen = new HashSet<Format>();
    for (var format : formats) {
      if (!seen.add(format)) {
        violations.add(new Violation(field, format.format() + " twice", "each format once"));
      }
    }
    if (formats.equals(List.of(Format.BAGGAGE))) {
      violations.add(
          new Violation(
              field, "baggage alone, which carries no identifiers", "another format too"));
    }
  }
}
