package io.sidetrace.sidecar.propagation;

import io.sidetrace.sidecar.trace.TraceContext;
import java.util.List;

/// LightStep's `x-ot-span-context`: a [BinaryCarrier] in Base64. Its trace identifiers have 64
/// bits.
final class LightStep implements ContextFormat {
  private static final String FIELD = "x-ot-span-context";

  @Override
  public String name() {
    return BinaryCarrier.FORMAT;
  }

  @Override
  public Extracted extract(ReceivedRequest request) {
    String field = request.first(FIELD);
    return field == null ? Extracted.Absent.INSTANCE : BinaryCarrier.parse(field).extracted();
  }

  /// Baggage of the same trace goes on.
  @Override
  public void inject(TraceContext context, ReceivedRequest request, HeaderWriter upstream) {
    if (!NarrowTraceId.fits(context.traceId(), List.of(FIELD), request, upstream)) {
      return;
    }
    String field = request.first(FIELD);
    byte[] baggage =
        field == null ? new byte[0] : BinaryCarrier.parse(field).baggageOf(context.traceId());
    upstream.set(FIELD, Base64Text.encode(BinaryCarrier.write(context, baggage)));
  }
}
