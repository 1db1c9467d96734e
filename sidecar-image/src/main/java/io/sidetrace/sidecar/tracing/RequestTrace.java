package io.sidetrace.sidecar.tracing;

import io.sidetrace.sidecar.propagation.HeaderReader;
import io.sidetrace.sidecar.propagation.HeaderWriter;
import io.sidetrace.sidecar.trace.TraceContext;
import org.jspecify.annotations.Nullable;

/// The tracing of one exchange, recorded or not. Event-loop confined, as its tracer.
public interface RequestTrace {

  /// The `x-request-id` that goes upstream; empty when there is none.
  String requestId();

  /// The request's place in its trace, recorded or not; null where nothing is traced.
  @Nullable TraceContext context();

  /// The final response head came (or was made here, then `upstreamResponse` has no fields).
  /// Interim heads (1xx) are not told. Called at most once.
  ///
  /// @param downstream changes to the head that goes to the client
  void response(HeaderReader upstreamResponse, HeaderWriter downstream);

  /// The response's trailers came. Called at most once.
  void trailers(HeaderReader upstreamTrailers);

  /// Something happened just now; costs nothing unless spans are verbose.
  void mark(Moment moment);

  /// The exchange ended, well or not. Called exactly once; nothing is called after it.
  void finish(Outcome outcome);
}
