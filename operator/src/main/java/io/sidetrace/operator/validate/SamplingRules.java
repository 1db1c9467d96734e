package io.sidetrace.operator.validate;

import io.sidetrace.operator.api.Sampling;
import io.sidetrace.operator.api.SamplingRule;
import io.sidetrace.operator.api.SamplingRule.HeaderMatch;
import io.sidetrace.operator.api.SamplingRule.PathMatch;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What shares of sampling, and the rules that change them, must keep to.
final class SamplingRules {
  private static final int ALL = 100; // percent
  private static final int MAX_TRACES = 1_000_000; // a second, as the schema says
  private static final int PERCENT_DIGITS = 2; // Envoy keeps hundredths of a percent
  private static final String HUNDREDTHS = "percent, 0 to 100 in steps of 0.01";
  private static final String BARE_PATH =
      "a path that starts with /, without query, such as /static/";
  private static final String REGEX = "a regular expression in the syntax of RE2";

  private final List<Violation> violations;

  private SamplingRules(List<Violation> violations) {
    this.violations = violations;
  }

  static void check(Sampling sampling, List<Violation> violations) {
    var rules = new SamplingRules(violations);
    rules.checkPercent(".client", sampling.client(), "a whole number of percent, 0 to 100");
    rules.checkPercent(".random", sampling.random(), HUNDREDTHS);
    rules.checkPercent(".overall", sampling.overall(), HUNDREDTHS);
    var limit = sampling.tracesPerSecond();
    if (limit != null && (limit < 1 || limit > MAX_TRACES)) {
      rules.report(".tracesPerSecond", limit.toString(), "1 to " + MAX_TRACES);
    }
    for (var i = 0; i < sampling.rules().size(); i++) {
      rules.checkRule(".rules[" + i + "]", sampling.rules().get(i));
    }
  }

  private void checkPercent(String field, @Nullable Number percent, String expected) {
    if (percent == null || !isPercent(percent.doubleValue())) {
      report(field, String.valueOf(percent), expected);
    }
  }

  private static boolean isPercent(double percent) {
    return percent >= 0 && percent <= ALL && Forms.isInSteps(percent, PERCENT_DIGITS);
  }

  private void checkRule(String field, SamplingRule rule) {
    if (rule.path() == null && rule.method() == null && rule.headers().isEmpty()) {
      report(field, "nothing that a request must have", "path, method or headers");
    }
    if (rule.path() != null) {
      checkPath(field + ".path", rule.path());
    }
    if (rule.method() != null && !Forms.isToken(rule.method())) {
      report(field + ".method", rule.method(), "a method such as GET");
    }
    for (var i = 0; i < rule.headers().size(); i++) {
      checkHeader(field + ".headers[" + i + "]", rule.headers().get(i));
    }
    checkPercent(field + ".random", rule.random(), HUNDREDTHS);
  }

  private void checkPath(String field, PathMatch path) {
    if (given(path.exact(), path.prefix(), path.regex()) != 1) {
      report(field, "none or several", "exactly one of exact, prefix and regex");
    }
    if (path.exact() != null && !Forms.isBarePath(path.exact())) {
      report(field + ".exact", path.exact(), BARE_PATH);
    }
    if (path.prefix() != null && !Forms.isBarePath(path.prefix())) {
      report(field + ".prefix", path.prefix(), BARE_PATH);
    }
    checkRegex(field, path.regex());
  }

  private void checkHeader(String field, HeaderMatch header) {
    var name = String.valueOf(header.name());
    if (!Forms.isToken(name)) {
      report(field + ".name", name, "the name of a header, such as x-tenant");
    }
    if (given(header.exact(), header.prefix(), header.regex()) > 1) {
      report(field, name + " in several ways", "at most one of exact, prefix and regex");
    }
    checkRegex(field, header.regex());
  }

  private static long given(@Nullable String... ways) {
    return Stream.of(ways).filter(Objects::nonNull).count();
  }

  private void checkRegex(String field, @Nullable String regex) {
    if (regex != null && !Forms.isRegex(regex)) {
      report(field + ".regex", regex, REGEX);
    }
  }

  private void report(String field, String value, String expected) {
    violations.add(new Violation("spec.sampling" + field, value, expected));
  }
}
