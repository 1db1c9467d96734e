package io.sidetrace.sidecar.tracing;

import io.sidetrace.sidecar.propagation.HeaderReader;
import io.sidetrace.sidecar.propagation.HeaderWriter;
import io.sidetrace.sidecar.trace.TraceContext;
import org.jspecify.annotations.Nullable;

/// The tracing of an exchange without a span: what its heads need, and nothing else.
///
/// @param returnedRequestId what the response carries as `x-request-id`; empty: nothing
record HeadTrace(
    String requestId,
    String returnedRequestId,
    ResponseRule responseRule,
    @Nullable TraceContext context)
    implements RequestTrace {

  @Override
  public void response(HeaderReader upstreamResponse, HeaderWriter downstream) {
    respond(upstreamResponse, downstream);
  }

  /// As [#response]; the result is a new name for the span, null when its name stays.
  @Nullable String respond(HeaderReader upstreamResponse, HeaderWriter downstream) {
    if (!returnedRequestId.isEmpty()) {
      downstream.set(Headers.REQUEST_ID, returnedRequestId);
    }
    return responseRule.apply(upstreamResponse, downstream);
  }

  @Override
  public void trailers(HeaderReader upstreamTrailers) {}

  @Override
  public void mark(Moment moment) {}

  @Override
  public void finish(Outcome outcome) {}
}
