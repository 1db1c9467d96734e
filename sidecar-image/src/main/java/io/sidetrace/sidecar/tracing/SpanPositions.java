package io.sidetrace.sidecar.tracing;

import io.sidetrace.sidecar.propagation.Extracted;
import io.sidetrace.sidecar.sampling.SamplingDecision;
import io.sidetrace.sidecar.trace.Dialect.TraceIds;
import io.sidetrace.sidecar.trace.Remark;
import io.sidetrace.sidecar.trace.Sampling;
import io.sidetrace.sidecar.trace.TraceContext;
import io.sidetrace.sidecar.trace.TraceId;
import io.sidetrace.sidecar.tracing.TracingSettings.Direction;
import org.jspecify.annotations.Nullable;

/// Continues traces and begins new ones. Event-loop confined, as its identifiers.
final class SpanPositions {
  private final Ids ids;
  private final TraceIds traceIds;
  private final boolean spawnUpstreamSpan;
  private final boolean joins;

  SpanPositions(Ids ids, TracingSettings.Spans spans) {
    this.ids = ids;
    this.traceIds = spans.dialect().traceIds();
    this.spawnUpstreamSpan = spans.spawnUpstreamSpan();
    boolean server = spans.direction() == Direction.INBOUND || spawnUpstreamSpan;
    this.joins = server && spans.dialect().sharedSpanContext();
  }

  /// A decision that came with the request beats ours, unless it is a health check.
  SpanPosition of(Extracted extracted, SamplingDecision decision) {
    return switch (extracted) {
      case Extracted.Context(TraceContext caller) ->
          joins ? join(caller, decision) : child(caller, decision);
      case Extracted.TraceOnly(TraceId trace, Sampling sampling, Remark remark) ->
          first(trace, resolve(sampling, decision), remark);
      case Extracted.SamplingOnly(Sampling sampling) -> root(resolve(sampling, decision));
      case Extracted.Malformed malformed -> root(resolve(malformed.sampling(), decision));
      case Extracted.Absent absent -> root(resolve(Sampling.DEFERRED, decision));
    };
  }

  private SpanPosition join(TraceContext caller, SamplingDecision decision) {
    Sampling sampling = resolve(caller.sampling(), decision);
    return position(
        new TraceContext(
            caller.traceId(), caller.spanId(), caller.parentId(), sampling, caller.remark()),
        true);
  }

  private SpanPosition child(TraceContext caller, SamplingDecision decision) {
    return position(childOf(caller, resolve(caller.sampling(), decision)), false);
  }

  /// The first span of a trace that somebody else began.
  private SpanPosition first(TraceId traceId, Sampling sampling, @Nullable Remark remark) {
    return position(new TraceContext(traceId, ids.spanId(), 0, sampling, remark), false);
  }

  /// Never shared: there is nobody to share a root with.
  private SpanPosition root(Sampling sampling) {
    long spanId = ids.spanId();
    return position(new TraceContext(ids.traceId(spanId, traceIds), spanId, 0, sampling), false);
  }

  private SpanPosition position(TraceContext span, boolean shared) {
    TraceContext injected = spawnUpstreamSpan ? childOf(span, span.sampling()) : span;
    return new SpanPosition(span, injected, shared);
  }

  private TraceContext childOf(TraceContext parent, Sampling sampling) {
    return new TraceContext(
        parent.traceId(), ids.spanId(), parent.spanId(), sampling, parent.remark());
  }

  private static Sampling resolve(Sampling received, SamplingDecision decision) {
    if (decision == SamplingDecision.HEALTH_CHECK) {
      return Sampling.NOT_SAMPLED;
    }
    if (received != Sampling.DEFERRED) {
      return received;
    }
    return decision.sampled() ? Sampling.SAMPLED : Sampling.NOT_SAMPLED;
  }
}
