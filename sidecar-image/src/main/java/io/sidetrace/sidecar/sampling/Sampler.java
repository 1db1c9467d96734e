package io.sidetrace.sidecar.sampling;

import io.sidetrace.sidecar.trace.SamplerChoice;
import io.sidetrace.sidecar.trace.TraceId;
import java.util.function.LongSupplier;

/// Decides about a trace that nobody else decides about. Thread-safe.
sealed interface Sampler
    permits Sampler.ByRequestId, Sampler.AlwaysOn, Sampler.ByTraceId, XRaySampler {

  /// Decides about one trace.
  ///
  /// @param byRequestId what Envoy's shares come to
  /// @param toss 0 to 99, random
  SamplingDecision decide(
      SampledRequest request, TraceId traceId, SamplingDecision byRequestId, int toss);

  /// This sampler, for questions alone: no later request fares otherwise for them.
  default Sampler untouched() {
    return this;
  }

  static Sampler of(SamplerChoice choice, LongSupplier nanoClock) {
    return switch (choice) {
      case SamplerChoice.RequestId() -> new ByRequestId();
      case SamplerChoice.AlwaysOn() -> new AlwaysOn();
      case SamplerChoice.TraceIdRatio(int numerator, int denominator) ->
          new ByTraceId(numerator, denominator);
      case SamplerChoice.XRayRules rules -> XRaySampler.of(rules, nanoClock);
    };
  }

  record ByRequestId() implements Sampler {
    @Override
    public SamplingDecision decide(
        SampledRequest request, TraceId traceId, SamplingDecision byRequestId, int toss) {
      return byRequestId;
    }
  }

  /// OpenTelemetry's samplers choose among what Envoy's shares leave, as in Envoy.
  record AlwaysOn() implements Sampler {
    @Override
    public SamplingDecision decide(
        SampledRequest request, TraceId traceId, SamplingDecision byRequestId, int toss) {
      return byRequestId.sampled() ? SamplingDecision.ALWAYS_ON : byRequestId;
    }
  }

  /// Reads the same number of a trace id as Envoy, so that all hops of both come to the same
  /// answer: the first eight bytes, the first of them the lowest. A 64-bit id has none but its own
  /// eight.
  record ByTraceId(int numerator, int denominator) implements Sampler {
    @Override
    public SamplingDecision decide(
        SampledRequest request, TraceId traceId, SamplingDecision byRequestId, int toss) {
      if (!byRequestId.sampled()) {
        return byRequestId;
      }
      long first = traceId.high() == 0 ? traceId.low() : traceId.high();
      return Long.remainderUnsigned(Long.reverseBytes(first), denominator) < numerator
          ? SamplingDecision.RATIO
          : SamplingDecision.NOT_IN_RATIO;
    }
  }
}
