package io.sidetrace.sidecar.propagation;

import io.sidetrace.sidecar.propagation.Extracted.Context;
import io.sidetrace.sidecar.propagation.Extracted.Malformed;
import io.sidetrace.sidecar.trace.Hex;
import io.sidetrace.sidecar.trace.Sampling;
import io.sidetrace.sidecar.trace.TraceContext;
import io.sidetrace.sidecar.trace.TraceId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// OpenTracing's `ot-tracer-traceid`, `-spanid` and `-sampled`: a trace identifier of 64 bits, both
/// with zeros in front or without. Its baggage, `ot-baggage-…`, goes on as it came.
final class OtTrace implements ContextFormat {
  static final String FORMAT = "ottrace";

  private static final String TRACE_ID = "ot-tracer-traceid";
  private static final String SPAN_ID = "ot-tracer-spanid";
  private static final String SAMPLED = "ot-tracer-sampled";
  private static final List<String> FIELDS = List.of(TRACE_ID, SPAN_ID, SAMPLED);

  @Override
  public String name() {
    return FORMAT;
  }

  /// A trace identifier of up to 128 bits is taken too: some libraries write theirs whole.
  @Override
  public Extracted extract(ReceivedRequest request) {
    String traceId = request.first(TRACE_ID);
    String spanId = request.first(SPAN_ID);
    if (traceId == null && spanId == null) {
      return Extracted.Absent.INSTANCE;
    }
    Sampling sampling = sampling(request.first(SAMPLED));
    if (traceId == null) {
      return new Malformed(FORMAT, Malformation.TRACE_ID_MISSING, sampling);
    }
    if (spanId == null) {
      return new Malformed(FORMAT, Malformation.SPAN_ID_MISSING, sampling);
    }
    Malformation reason = refuse(traceId, spanId);
    if (reason != null) {
      return new Malformed(FORMAT, reason, sampling);
    }
    int low = Math.max(0, traceId.length() - 16);
    var id = new TraceId(Hex.parse(traceId, 0, low), Hex.parse(traceId, low, traceId.length()));
    long span = Hex.parse(spanId, 0, spanId.length());
    return new Context(new TraceContext(id, span, 0, sampling));
  }

  private static @Nullable Malformation refuse(String traceId, String spanId) {
    if (!Hex.isHex(traceId)) {
      return Malformation.TRACE_ID_NOT_HEX;
    }
    if (traceId.isEmpty() || traceId.length() > 32) {
      return Malformation.TRACE_ID_LENGTH;
    }
    if (Hex.isZero(traceId, 0, traceId.length())) {
      return Malformation.TRACE_ID_ZERO;
    }
    if (!Hex.isHex(spanId)) {
      return Malformation.SPAN_ID_NOT_HEX;
    }
    if (spanId.isEmpty() || spanId.length() > 16) {
      return Malformation.SPAN_ID_LENGTH;
    }
    return Hex.isZero(spanId, 0, spanId.length()) ? Malformation.SPAN_ID_ZERO : null;
  }

  private static Sampling sampling(@Nullable String sampled) {
    return switch (sampled) {
      case "true", "1" -> Sampling.SAMPLED;
      case "false", "0" -> Sampling.NOT_SAMPLED;
      case null, default -> Sampling.DEFERRED;
    };
  }

  /// With zeros in front, which every reader takes; some take nothing else.
  @Override
  public void inject(TraceContext context, ReceivedRequest request, HeaderWriter upstream) {
    if (!NarrowTraceId.fits(context.traceId(), FIELDS, request, upstream)) {
      return;
    }
    upstream.set(TRACE_ID, Hex.format(context.traceId().low()));
    upstream.set(SPAN_ID, Hex.format(context.spanId()));
    if (context.sampling() != Sampling.DEFERRED) {
      upstream.set(SAMPLED, String.valueOf(context.sampling().recorded()));
    } else if (request.first(SAMPLED) != null) {
      upstream.remove(SAMPLED);
    }
  }
}
