package io.sidetrace.operator.validate;

import io.sidetrace.operator.api.Collector;
import io.sidetrace.operator.api.DatadogProvider;
import io.sidetrace.operator.api.LightstepProvider;
import io.sidetrace.operator.api.OpenTelemetryProvider;
import io.sidetrace.operator.api.ProviderChoice;
import io.sidetrace.operator.api.Sampling;
import io.sidetrace.operator.api.SamplingRule;
import io.sidetrace.operator.api.XRayProvider;
import java.util.List;
import java.util.stream.Stream;

/// Parts of a spec that are right by themselves and do not fit each other: what a provider would
/// pass over in silence.
final class Combinations {
  private final List<Violation> violations;

  private Combinations(List<Violation> violations) {
    this.violations = violations;
  }

  static void check(
      ProviderChoice provider, Collector collector, Sampling sampling, List<Violation> violations) {
    var combinations = new Combinations(violations);
    if (provider instanceof LightstepProvider && collector.credentials() == null) {
      combinations.report(
          "collector.credentials", "none with lightstep", "the Secret with its access token");
    }
    combinations.checkCompression(provider, collector);
    if (provider instanceof XRayProvider xray) {
      combinations.checkXRay(xray, collector, sampling);
    }
    if (provider instanceof OpenTelemetryProvider otlp
        && otlp.sampler() != null
        && !sampling.leavesAllToOthers()) {
      combinations.report(
          "sampling",
          "given with provider.opentelemetry.sampler, which decides alone",
          "no client, random, overall and rules, or no sampler");
    }
  }

  private void checkCompression(ProviderChoice provider, Collector collector) {
    var takesNone = provider instanceof DatadogProvider || provider instanceof XRayProvider;
    if (takesNone && collector.compression() != Collector.Compression.NONE) {
      report(
          "collector.compression",
          collector.compression() + " with " + provider.key(),
          "NONE, since it takes nothing else");
    }
  }

  private void checkXRay(XRayProvider xray, Collector collector, Sampling sampling) {
    var datagrams = "none, since its daemon takes datagrams";
    if (collector.tls() != null) {
      report("collector.tls", "given with xray", datagrams);
    }
    if (collector.credentials() != null) {
      report("collector.credentials", "given with xray", datagrams);
    }
    if (xray.samplingBy() == XRayProvider.SamplingBy.XRAY && !sampling.leavesAllToOthers()) {
      report(
          "sampling",
          "given with provider.xray, whose own rules decide",
          "no client, random, overall and rules, or provider.xray.samplingBy TRACING_CONFIG");
    }
    for (var i = 0; i < sampling.rules().size(); i++) {
      if (!fitsXRay(sampling.rules().get(i))) {
        report(
            "sampling.rules[" + i + "]",
            "headers, a regex or a * with provider.xray, whose rules know neither",
            "path.exact, path.prefix and method");
      }
    }
  }

  /// A * in a path would be a wildcard of X-Ray's.
  private static boolean fitsXRay(SamplingRule rule) {
    var path = rule.path();
    return rule.headers().isEmpty()
        && (path == null
            || (path.regex() == null
                && Stream.of(path.exact(), path.prefix())
                    .noneMatch(text -> text != null && text.contains("*"))));
  }

  private void report(String field, String value, String expected) {
    violations.add(new Violation("spec." + field, value, expected));
  }
}
