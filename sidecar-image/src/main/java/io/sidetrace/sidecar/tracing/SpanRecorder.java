package io.sidetrace.sidecar.tracing;

import io.sidetrace.sidecar.trace.Span.Kind;
import io.sidetrace.sidecar.trace.SpanSink;
import io.sidetrace.sidecar.tracing.TracingSettings.Direction;

/// What the spans of one tracer have in common. Event-loop confined, as its clock.
///
/// @param kind of the spans of requests
/// @param verbose whether [Moment]s are noted
record SpanRecorder(SpanTags tags, Kind kind, boolean verbose, SpanClock clock, SpanSink sink) {

  static SpanRecorder of(TracingSettings.Spans settings, SpanClock clock, SpanSink sink) {
    boolean client = settings.direction() == Direction.OUTBOUND && !settings.spawnUpstreamSpan();
    return new SpanRecorder(
        new SpanTags(settings),
        client ? Kind.CLIENT : Kind.SERVER,
        settings.verbose(),
        clock,
        sink);
  }
}
