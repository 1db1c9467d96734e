package io.sidetrace.sidecar.tracing;

import io.sidetrace.sidecar.sampling.SamplingDecision;
import io.sidetrace.sidecar.trace.TraceContext;

/// Where a request's span stands in its trace.
///
/// @param span the span itself
/// @param injected what the upstream gets to see: the span, or the child that stands for the
///   request to the upstream
/// @param shared whether the span is the caller's own
/// @param decision why it is sampled or not, by whomever that was decided
/// @param recorded whether a span is made of it
record SpanPosition(
    TraceContext span,
    TraceContext injected,
    boolean shared,
    SamplingDecision decision,
    boolean recorded) {

  boolean hasUpstreamSpan() {
    return injected.spanId() != span.spanId();
  }
}
