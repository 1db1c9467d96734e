package io.sidetrace.sidecar.exchange;

import io.netty.buffer.ByteBuf;
import io.sidetrace.sidecar.intercept.ServerNameReader;
import io.sidetrace.sidecar.propagation.HeaderReader;
import io.sidetrace.sidecar.tracing.ConnectionTracer;
import io.sidetrace.sidecar.tracing.Outcome;
import io.sidetrace.sidecar.tracing.RequestTrace;
import io.sidetrace.sidecar.tracing.RequestTracer;
import io.sidetrace.sidecar.tracing.RouteOverride;
import io.sidetrace.sidecar.tracing.TracedConnection;
import io.sidetrace.sidecar.tracing.TracedRequest;
import org.jspecify.annotations.Nullable;

/// Where traffic meets tracing. Whatever tracing throws ends here and is counted; the request, or
/// the connection, goes on as if it were not traced. Event-loop confined.
final class TracingBoundary {
  private final Counters counters;
  private final ScannedRequest request;

  TracingBoundary(Counters counters, ScannedRequest request) {
    this.counters = counters;
    this.request = request;
  }

  /// Starts the trace of the request head of the moment.
  ///
  /// @return null when the request is not traced
  @Nullable RequestTrace start(
      ListenerBehaviour.Http http, @Nullable RouteEntry route, String peer, HeaderEdits edits) {
    return start(http, route, request.from(peer), edits);
  }

  /// Starts the trace of the request.
  ///
  /// @return null when the request is not traced
  @Nullable RequestTrace start(
      ListenerBehaviour.Http http,
      @Nullable RouteEntry route,
      TracedRequest traced,
      HeaderEdits edits) {
    RequestTracer tracer = http.tracer();
    if (tracer == null) {
      return null;
    }
    int before = edits.count();
    RouteOverride override = route == null ? null : route.override();
    try {
      return tracer.start(traced, override, edits);
    } catch (RuntimeException e) {
      edits.rollBack(before);
      counters.increment(Counter.TRACING_FAILURES);
      return null;
    }
  }

  void response(@Nullable RequestTrace trace, HeaderReader upstream, HeaderEdits edits) {
    if (trace == null) {
      return;
    }
    int before = edits.count();
    try {
      trace.response(upstream, edits);
    } catch (RuntimeException e) {
      edits.rollBack(before);
      counters.increment(Counter.TRACING_FAILURES);
    }
  }

  void trailers(@Nullable RequestTrace trace, HeaderReader upstream) {
    if (trace == null) {
      return;
    }
    try {
      trace.trailers(upstream);
    } catch (RuntimeException e) {
      counters.increment(Counter.TRACING_FAILURES);
    }
  }

  void finish(@Nullable RequestTrace trace, Outcome outcome) {
    if (trace == null) {
      return;
    }
    try {
      trace.finish(outcome);
    } catch (RuntimeException e) {
      counters.increment(Counter.TRACING_FAILURES);
    }
  }

  /// Whether a connection becomes a span.
  boolean samples(@Nullable ConnectionTracer tracer) {
    if (tracer == null) {
      return false;
    }
    try {
      return tracer.samples();
    } catch (RuntimeException e) {
      counters.increment(Counter.TRACING_FAILURES);
      return false;
    }
  }

  /// Shows a reader what a TLS client says.
  ///
  /// @return whether it wants more
  boolean reads(ServerNameReader reader, ByteBuf bytes) {
    try {
      return reader.read(bytes);
    } catch (RuntimeException e) {
      counters.increment(Counter.TRACING_FAILURES);
      return false;
    }
  }

  void finish(ConnectionTracer tracer, TracedConnection connection) {
    try {
      tracer.finish(connection);
    } catch (RuntimeException e) {
      counters.increment(Counter.TRACING_FAILURES);
    }
  }
}
