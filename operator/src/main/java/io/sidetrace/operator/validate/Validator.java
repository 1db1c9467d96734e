package io.sidetrace.operator.validate;

import io.sidetrace.operator.api.Collector;
import io.sidetrace.operator.api.Provider;
import io.sidetrace.operator.api.ProviderChoice;
import io.sidetrace.operator.api.TracingConfigSpec;
import io.sidetrace.operator.validate.Validation.Invalid;
import io.sidetrace.operator.validate.Validation.Valid;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Judges one spec, part by part. Used once, by one thread.
public final class Validator {
  private static final int MAX_PATH_TAG_LENGTH = 65536; // characters, as the schema says

  private final List<Violation> violations = new ArrayList<>();

  private Validator() {}

  /// Judges the spec of one resource.
  ///
  /// @param spec null where the resource has none
  public static Validation validate(@Nullable TracingConfigSpec spec) {
    return new Validator().judge(spec);
  }

  private Validation judge(@Nullable TracingConfigSpec spec) {
    if (spec == null) {
      return new Invalid(List.of(new Violation("spec", "none", "provider and collector")));
    }
    SelectorRules.check(spec.selector(), violations);
    SamplingRules.check(spec.sampling(), violations);
    var provider = checkProvider(spec.provider());
    var collector = checkCollector(spec.collector());
    PropagationRules.check(spec.propagation(), violations);
    if (provider != null && collector != null) {
      Combinations.check(provider, collector, spec.sampling(), violations);
    }
    TagRules.check(spec.tags(), violations);
    checkMaxPathTagLength(spec.maxPathTagLength());
    if (provider == null || collector == null || !violations.isEmpty()) {
      return new Invalid(violations);
    }
    return new Valid(spec, provider, collector);
  }

  private @Nullable ProviderChoice checkProvider(@Nullable Provider provider) {
    var choice = provider == null ? null : provider.choice();
    if (choice == null) {
      var given = provider == null ? List.<String>of() : provider.given();
      var value = given.isEmpty() ? "none" : String.join(" and ", given);
      report("spec.provider", value, "exactly one of " + Provider.NAMES);
      return null;
    }
    ProviderRules.check(choice, violations);
    return choice;
  }

  private @Nullable Collector checkCollector(@Nullable Collector collector) {
    if (collector == null) {
      report("spec.collector", "none", "a name and endpoints or a service");
      return null;
    }
    CollectorRules.check(collector, violations);
    return collector;
  }

  private void checkMaxPathTagLength(int length) {
    if (length < 0 || length > MAX_PATH_TAG_LENGTH) {
      report("spec.maxPathTagLength", Integer.toString(length), "0 to " + MAX_PATH_TAG_LENGTH);
    }
  }

  private void report(String field, String value, String expected) {
    violations.add(new Violation(field, value, expected));
  }
}
