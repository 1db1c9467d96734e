package io.sidetrace.sidecar.propagation;

import io.sidetrace.sidecar.trace.Remark;
import io.sidetrace.sidecar.trace.Sampling;
import io.sidetrace.sidecar.trace.TraceContext;
import io.sidetrace.sidecar.trace.TraceId;
import org.jspecify.annotations.Nullable;

/// A request's way through a sidecar: read, its place in the trace taken, written.
///
/// @param extracted what was read
/// @param span the place taken
/// @param upstream the fields that went on
record Hop(Extracted extracted, TraceContext span, FakeHeaders upstream) {
  /// What a hop calls its span.
  static final long SPAN_ID = 0x00fb4a1d1a96d312L;

  /// What it calls a trace that it begins.
  static final TraceId NEW_TRACE = new TraceId(0x1111111111111111L, 0x2222222222222222L);

  static Hop through(ContextFormat format, FakeHeaders request) {
    Extracted extracted = format.extract(request);
    TraceContext span = place(extracted);
    FakeHeaders upstream = request.copy();
    format.inject(span, request, upstream);
    return new Hop(extracted, span, upstream);
  }

  static Hop through(Propagation propagation, FakeHeaders request) {
    Extracted extracted = propagation.extract(request);
    TraceContext span = place(extracted);
    FakeHeaders upstream = request.copy();
    if (propagation.injects(extracted, span.sampling())) {
      propagation.inject(span, request, upstream);
    }
    return new Hop(extracted, span, upstream);
  }

  /// As tracers take it; where nobody decided, the trace is sampled.
  private static TraceContext place(Extracted extracted) {
    return switch (extracted) {
      case Extracted.Context(TraceContext caller) ->
          span(caller.traceId(), caller.spanId(), caller.sampling(), caller.remark());
      case Extracted.TraceOnly(TraceId traceId, Sampling sampling, Remark remark) ->
          span(traceId, 0, sampling, remark);
      case Extracted.SamplingOnly(Sampling sampling) -> span(NEW_TRACE, 0, sampling, null);
      case Extracted.Malformed malformed -> span(NEW_TRACE, 0, malformed.sampling(), null);
      case Extracted.Absent _ -> span(NEW_TRACE, 0, Sampling.DEFERRED, null);
    };
  }

  private static TraceContext span(
      TraceId traceId, long parentId, Sampling sampling, @Nullable Remark remark) {
    Sampling decided = sampling == Sampling.DEFERRED ? Sampling.SAMPLED : sampling;
    return new TraceContext(traceId, SPAN_ID, parentId, decided, remark);
  }
}
