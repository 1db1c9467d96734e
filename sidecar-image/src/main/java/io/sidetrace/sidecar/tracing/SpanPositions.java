package io.sidetrace.sidecar.tracing;

import io.sidetrace.sidecar.propagation.Extracted;
import io.sidetrace.sidecar.sampling.SampledRequest;
import io.sidetrace.sidecar.sampling.SamplingDecision;
import io.sidetrace.sidecar.sampling.TraceSampler;
import io.sidetrace.sidecar.trace.Dialect.TraceIds;
import io.sidetrace.sidecar.trace.Dialect.Unsampled;
import io.sidetrace.sidecar.trace.Remark;
import io.sidetrace.sidecar.trace.Sampling;
import io.sidetrace.sidecar.trace.TraceContext;
import io.sidetrace.sidecar.trace.TraceId;
import io.sidetrace.sidecar.tracing.TracingSettings.Direction;

/// Continues traces and begins new ones. Event-loop confined, as its identifiers.
final class SpanPositions {
  private final Ids ids;
  private final TraceSampler sampler;
  private final TraceIds traceIds;
  private final boolean spawnUpstreamSpan;
  private final boolean joins;
  private final boolean sendsUnsampled;

  SpanPositions(Ids ids, TraceSampler sampler, TracingSettings.Spans spans) {
    this.ids = ids;
    this.sampler = sampler;
    this.traceIds = spans.dialect().traceIds();
    this.spawnUpstreamSpan = spans.spawnUpstreamSpan();
    boolean server = spans.direction() == Direction.INBOUND || spawnUpstreamSpan;
    this.joins = server && spans.dialect().sharedSpanContext();
    this.sendsUnsampled = spans.dialect().unsampled() == Unsampled.SENT;
  }

  /// Takes a request's place.
  ///
  /// @param byRequestId what Envoy's shares come to
  SpanPosition of(SampledRequest request, Extracted extracted, SamplingDecision byRequestId) {
    return switch (extracted) {
      case Extracted.Context(TraceContext caller) -> continued(request, caller, byRequestId);
      case Extracted.TraceOnly trace -> first(request, trace, byRequestId);
      case Extracted.SamplingOnly(Sampling sampling) -> root(request, sampling, byRequestId);
      case Extracted.Malformed malformed -> root(request, malformed.sampling(), byRequestId);
      case Extracted.Absent absent -> root(request, Sampling.DEFERRED, byRequestId);
    };
  }

  private SpanPosition continued(
      SampledRequest request, TraceContext caller, SamplingDecision byRequestId) {
    Sampling heard = sampler.heard(caller.sampling());
    SamplingDecision decision = sampler.decide(request, caller.traceId(), heard, byRequestId);
    Sampling sampling = resolve(heard, decision);
    Remark remark = sendsUnsampled ? Priorities.of(caller.remark(), decision) : caller.remark();
    TraceContext span =
        joins
            ? new TraceContext(
                caller.traceId(), caller.spanId(), caller.parentId(), sampling, remark)
            : new TraceContext(caller.traceId(), ids.spanId(), caller.spanId(), sampling, remark);
    return position(span, joins, decision);
  }

  /// The first span of a trace that somebody else began.
  private SpanPosition first(
      SampledRequest request, Extracted.TraceOnly trace, SamplingDecision byRequestId) {
    Sampling heard = sampler.heard(trace.sampling());
    SamplingDecision decision = sampler.decide(request, trace.traceId(), heard, byRequestId);
    Remark remark = sendsUnsampled ? Priorities.of(trace.remark(), decision) : trace.remark();
    return position(
        new TraceContext(trace.traceId(), ids.spanId(), 0, resolve(heard, decision), remark),
        false,
        decision);
  }

  /// Never shared: there is nobody to share a root with.
  private SpanPosition root(
      SampledRequest request, Sampling received, SamplingDecision byRequestId) {
    long spanId = ids.spanId();
    TraceId traceId = ids.traceId(spanId, traceIds);
    Sampling heard = sampler.heard(received);
    SamplingDecision decision = sampler.decide(request, traceId, heard, byRequestId);
    Remark remark = sendsUnsampled ? Priorities.of(null, decision) : null;
    return position(
        new TraceContext(traceId, spanId, 0, resolve(heard, decision), remark), false, decision);
  }

  private SpanPosition position(TraceContext span, boolean shared, SamplingDecision decision) {
    return new SpanPosition(span, injected(span), shared, decision, records(span, decision));
  }

  private TraceContext injected(TraceContext span) {
    return spawnUpstreamSpan
        ? new TraceContext(
            span.traceId(), ids.spanId(), span.spanId(), span.sampling(), span.remark())
        : span;
  }

  private boolean records(TraceContext span, SamplingDecision decision) {
    return span.sampling().recorded()
        || (sendsUnsampled && decision != SamplingDecision.HEALTH_CHECK);
  }

  /// Whoever asked for more than a sample still gets it.
  private static Sampling resolve(Sampling heard, SamplingDecision decision) {
    if (!decision.sampled()) {
      return Sampling.NOT_SAMPLED;
    }
    return heard == Sampling.DEBUG ? Sampling.DEBUG : Sampling.SAMPLED;
  }
}
