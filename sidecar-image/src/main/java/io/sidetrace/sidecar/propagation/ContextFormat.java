package io.sidetrace.sidecar.propagation;

import io.sidetrace.sidecar.trace.TraceContext;

/// One way to write a trace context into headers. Immutable.
public interface ContextFormat {

  /// The format's name, as in configurations.
  String name();

  Extracted extract(ReceivedRequest request);

  /// Writes the context, so that nothing of what the request carried in this format remains, but
  /// for what the format says of the trace beyond the context: where it is the same trace, that
  /// goes on as it came.
  ///
  /// @param request the headers as received
  void inject(TraceContext context, ReceivedRequest request, HeaderWriter upstream);
}
