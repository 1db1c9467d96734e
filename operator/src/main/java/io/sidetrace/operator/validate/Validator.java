package io.sidetrace.operator.validate;

import io.sidetrace.operator.api.Collector;
import io.sidetrace.operator.api.Provider;
import io.sidetrace.operator.api.ProviderChoice;
import io.sidetrace.operator.api.Sampling;
import io.sidetrace.operator.api.TracingConfigSpec;
import io.sidetrace.operator.api.ZipkinProvider;
import io.sidetrace.operator.validate.Validation.Invalid;
import io.sidetrace.operator.validate.Validation.Valid;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Judges one spec, part by part. Used once, by one thread.
public final class Validator {
  private static final int ALL = 100; // percent
  private static final int MAX_PATH_TAG_LENGTH = 65536; // characters, as the schema says
  private static final Pattern HTTP_PATH = Pattern.compile("/[\\x21-\\x7e&&[^#]]*");

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
    checkSampling(spec.sampling());
    var provider = checkProvider(spec.provider());
    var collector = checkCollector(spec.collector());
    TagRules.check(spec.tags(), violations);
    checkMaxPathTagLength(spec.maxPathTagLength());
    if (provider == null || collector == null || !violations.isEmpty()) {
      return new Invalid(violations);
    }
    return new Valid(spec, provider, collector);
  }

  private void checkSampling(Sampling sampling) {
    checkPercent("client", sampling.client(), "a whole number of percent, 0 to 100");
    var hundredths = "percent, 0 to 100 in steps of 0.01";
    checkPercent("random", sampling.random(), hundredths);
    checkPercent("overall", sampling.overall(), hundredths);
  }

  private void checkPercent(String name, Number percent, String expected) {
    var hundredths = percent.doubleValue() * 100;
    var isStep = Math.abs(hundredths - Math.rint(hundredths)) < 1e-6; // 33.33 * 100 is not exact
    if (!(hundredths >= 0 && hundredths <= ALL * 100 && isStep)) {
      report("spec.sampling." + name, percent.toString(), expected);
    }
  }

  private @Nullable ProviderChoice checkProvider(@Nullable Provider provider) {
    var given = provider == null ? List.<String>of() : provider.given();
    if (provider == null || given.size() != 1) {
      var value = given.isEmpty() ? "none" : String.join(" and ", given);
      report("spec.provider", value, "exactly one; supported: zipkin");
      return null;
    }
    var choice = provider.choice();
    switch (choice) {
      case null ->
          report("spec.provider", given.getFirst(), "zipkin; others are not supported yet");
      case ZipkinProvider zipkin -> checkZipkin(zipkin);
    }
    return choice;
  }

  private void checkZipkin(ZipkinProvider zipkin) {
    if (!HTTP_PATH.matcher(zipkin.collectorEndpoint()).matches()) {
      report(
          "spec.provider.zipkin.collectorEndpoint",
          zipkin.collectorEndpoint(),
          "a path that starts with /, such as /api/v2/spans");
    }
    var hostname = zipkin.collectorHostname();
    if (hostname != null && !Names.isHostHeader(hostname)) {
      report(
          "spec.provider.zipkin.collectorHostname",
          hostname,
          "a host name, with a port where needed, such as zipkin.example.com:9411");
    }
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
