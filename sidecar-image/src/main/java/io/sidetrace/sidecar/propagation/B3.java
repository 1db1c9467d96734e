package io.sidetrace.sidecar.propagation;

import io.sidetrace.sidecar.trace.TraceContext;

/// Zipkin's B3 as Envoy's Zipkin speaks it, in its two spellings: the single field `b3` and the
/// fields `x-b3-…`.
///
/// The single field beats the many. The answer goes out in the spelling that was read, as in Envoy;
/// where none came in, in the many.
final class B3 implements ContextFormat {
  private final B3Single single = new B3Single();
  private final B3Multi multi = new B3Multi();

  @Override
  public String name() {
    return "b3";
  }

  @Override
  public Extracted extract(ReceivedRequest request) {
    String field = request.first(B3Single.FIELD);
    return field == null ? multi.extract(request) : B3SingleParser.parse(field);
  }

  @Override
  public void inject(TraceContext context, ReceivedRequest request, HeaderWriter upstream) {
    if (request.first(B3Single.FIELD) != null) {
      single.inject(context, request, upstream);
    } else {
      B3Multi.write(context, request, upstream);
    }
  }
}
