package io.sidetrace.sidecar.propagation;

import io.sidetrace.sidecar.trace.TraceContext;

/// One way to write a trace context into headers. Immutable.
public interface ContextFormat {

  Extracted extract(HeaderReader request);

  /// Writes the context, so that nothing of what the request carried in this format remains.
  ///
  /// @param request the headers as received: a format with several spellings answers in the one
  ///   that it was asked in
  void inject(TraceContext context, HeaderReader request, HeaderWriter upstream);
}
