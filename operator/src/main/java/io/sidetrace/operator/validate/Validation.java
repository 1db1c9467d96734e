package io.sidetrace.operator.validate;

import io.sidetrace.operator.api.Collector;
import io.sidetrace.operator.api.ProviderChoice;
import io.sidetrace.operator.api.TracingConfigSpec;
import java.util.List;
import java.util.stream.Collectors;

/// The judgement on a spec.
public sealed interface Validation {
  /// It can be rendered; what must be there is there.
  record Valid(TracingConfigSpec spec, ProviderChoice provider, Collector collector)
      implements Validation {}

  /// It cannot work, and why: at least one violation.
  record Invalid(List<Violation> violations) implements Validation {
    public Invalid {
      violations = List.copyOf(violations);
    }

    /// All violations in one line.
    public String format() {
      return violations.stream().map(Violation::format).collect(Collectors.joining("; "));
    }
  }
}
