package io.sidetrace.sidecar.sampling;

import io.sidetrace.sidecar.trace.Sampling;
import io.sidetrace.sidecar.trace.TraceId;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Decides whether a request is recorded: by what came with it, by the sampler, and within the
/// bound on new traces. Event-loop confined, as its random generator.
public final class TraceSampler {
  private static final int TOSSES = 100;

  private final SamplingRules rules;
  private final Sampler sampler;
  private final @Nullable Allowance newTraces;
  private final RandomGenerator random;

  /// Where it decides nothing by chance, an unsampled request is not to pay for any.
  private final boolean tosses;

  TraceSampler(
      SamplingRules rules, Sampler sampler, @Nullable Allowance newTraces, RandomGenerator random) {
    this.rules = rules;
    this.sampler = sampler;
    this.newTraces = newTraces;
    this.random = random;
    this.tosses = sampler instanceof XRaySampler;
  }

  /// What is left of a decision that came.
  public Sampling heard(Sampling received) {
    return rules.followsParent() ? received : Sampling.DEFERRED;
  }

  /// A health check is never recorded, whatever was decided and by whom.
  ///
  /// @param heard the decision that came, as far as it counts
  /// @param byRequestId what Envoy's shares come to
  public SamplingDecision decide(
      SampledRequest request, TraceId traceId, Sampling heard, SamplingDecision byRequestId) {
    if (byRequestId == SamplingDecision.HEALTH_CHECK) {
      return byRequestId;
    }
    if (heard == Sampling.DEFERRED) {
      return bounded(own(request, traceId, byRequestId));
    }
    return switch (rules.parentRule()) {
      case PARENT -> parents(heard);
      case BOTH -> heard.recorded() ? byRequestId : SamplingDecision.PARENT_NOT_SAMPLED;
      case LOCAL -> own(request, traceId, byRequestId);
    };
  }

  private SamplingDecision own(
      SampledRequest request, TraceId traceId, SamplingDecision byRequestId) {
    return sampler.decide(request, traceId, byRequestId, tosses ? random.nextInt(TOSSES) : 0);
  }

  private SamplingDecision bounded(SamplingDecision decision) {
    return newTraces != null && decision.sampled() && !newTraces.take()
        ? SamplingDecision.RATE_LIMITED
        : decision;
  }

  private static SamplingDecision parents(Sampling heard) {
    return heard.recorded() ? SamplingDecision.PARENT_SAMPLED : SamplingDecision.PARENT_NOT_SAMPLED;
  }
}
