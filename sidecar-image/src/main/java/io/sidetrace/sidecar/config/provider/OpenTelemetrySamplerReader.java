package io.sidetrace.sidecar.config.provider;

import io.sidetrace.sidecar.config.document.Extensions;
import io.sidetrace.sidecar.config.document.Field;
import io.sidetrace.sidecar.config.document.Message;
import io.sidetrace.sidecar.trace.Dialect.ParentRule;
import io.sidetrace.sidecar.trace.SamplerChoice;
import io.sidetrace.sidecar.trace.SamplerChoice.TraceIdRatio;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Reads the `sampler` of OpenTelemetry's settings.
final class OpenTelemetrySamplerReader {
  private static final String PACKAGE = "envoy.extensions.tracers.opentelemetry.samplers.v3.";
  private static final String NAME = "envoy.tracers.opentelemetry.samplers.";

  /// What may stand within `parent_based`: one more of those would change nothing, and endless
  /// nesting is not followed.
  private static final Extensions<OpenTelemetrySampler> ROOTS = roots();

  private static final Extensions<OpenTelemetrySampler> SAMPLERS =
      roots()
          .with(
              PACKAGE + "ParentBasedSamplerConfig",
              OpenTelemetrySamplerReader::parentBased,
              NAME + "parent_based");

  private OpenTelemetrySamplerReader() {}

  private static Extensions<OpenTelemetrySampler> roots() {
    return new Extensions<OpenTelemetrySampler>()
        .with(
            PACKAGE + "AlwaysOnSamplerConfig",
            OpenTelemetrySamplerReader::alwaysOn,
            NAME + "always_on")
        .with(
            PACKAGE + "TraceIdRatioBasedSamplerConfig",
            OpenTelemetrySamplerReader::ratioBased,
            NAME + "trace_id_ratio_based");
  }

  /// The sampler in a field, which is none where it is not given or refused.
  static OpenTelemetrySampler read(Field field) {
    @Nullable OpenTelemetrySampler sampler = field.message(OpenTelemetrySamplerReader::sampler);
    return Objects.requireNonNullElse(sampler, OpenTelemetrySampler.NONE);
  }

  private static @Nullable OpenTelemetrySampler sampler(Message message) {
    message.named("OpenTelemetryConfig.sampler");
    return SAMPLERS.read(message);
  }

  private static OpenTelemetrySampler alwaysOn(Message message) {
    message.named("AlwaysOnSamplerConfig");
    return new OpenTelemetrySampler("always_on", ParentRule.LOCAL, new SamplerChoice.AlwaysOn());
  }

  private static OpenTelemetrySampler parentBased(Message message) {
    message.named("ParentBasedSamplerConfig");
    @Nullable OpenTelemetrySampler root =
        message.field("wrapped_sampler").requiredMessage(OpenTelemetrySamplerReader::wrapped);
    return root == null
        ? OpenTelemetrySampler.NONE
        : new OpenTelemetrySampler(
            "parent_based(" + root.name() + ")", ParentRule.BOTH, root.root());
  }

  private static @Nullable OpenTelemetrySampler wrapped(Message message) {
    message.named("ParentBasedSamplerConfig.wrapped_sampler");
    return ROOTS.read(message);
  }

  private static OpenTelemetrySampler ratioBased(Message message) {
    message.named("TraceIdRatioBasedSamplerConfig");
    TraceIdRatio ratio =
        message.field("sampling_percentage").requiredMessage(OpenTelemetrySamplerReader::fraction);
    return new OpenTelemetrySampler(
        "trace_id_ratio_based(%d/%d)".formatted(ratio.numerator(), ratio.denominator()),
        ParentRule.LOCAL,
        ratio);
  }

  private static TraceIdRatio fraction(Message message) {
    message.named("FractionalPercent");
    int parts = message.field("denominator").choice(Denominator.HUNDRED, Denominator.MILLION).parts;
    return new TraceIdRatio(message.field("numerator").integer(0, parts, 0), parts);
  }

  private enum Denominator {
    HUNDRED(100),
    TEN_THOUSAND(10_000),
    MILLION(1_000_000);

    private final int parts;

    Denominator(int parts) {
      this.parts = parts;
    }
  }
}
