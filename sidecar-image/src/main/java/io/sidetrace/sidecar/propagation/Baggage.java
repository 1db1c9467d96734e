package io.sidetrace.sidecar.propagation;

import io.sidetrace.sidecar.trace.TraceContext;

/// W3C Baggage: what applications tell each other along a trace. It says nothing of the trace, so
/// nothing is read, and what came goes on byte for byte.
final class Baggage implements ContextFormat {
  @Override
  public String name() {
    return "baggage";
  }

  @Override
  public Extracted extract(ReceivedRequest request) {
    return Extracted.Absent.INSTANCE;
  }

  @Override
  public void inject(TraceContext context, ReceivedRequest request, HeaderWriter upstream) {}
}
