package io.sidetrace.sidecar.propagation;

import io.sidetrace.sidecar.propagation.Extracted.Context;
import io.sidetrace.sidecar.propagation.Extracted.Malformed;
import io.sidetrace.sidecar.trace.Hex;
import io.sidetrace.sidecar.trace.Sampling;
import io.sidetrace.sidecar.trace.TraceContext;
import io.sidetrace.sidecar.trace.TraceId;
import org.jspecify.annotations.Nullable;

/// Zipkin's fields `x-b3-traceid`, `-spanid`, `-parentspanid`, `-sampled` and `-flags`.
final class B3Multi implements ContextFormat {
  static final String FORMAT = "b3multi";

  private static final String TRACE_ID = "x-b3-traceid";
  private static final String SPAN_ID = "x-b3-spanid";
  private static final String PARENT_SPAN_ID = "x-b3-parentspanid";
  private static final String SAMPLED = "x-b3-sampled";
  private static final String FLAGS = "x-b3-flags";

  @Override
  public String name() {
    return FORMAT;
  }

  @Override
  public Extracted extract(ReceivedRequest request) {
    String traceId = request.first(TRACE_ID);
    String spanId = request.first(SPAN_ID);
    Sampling sampling = sampling(request);
    if (traceId == null && spanId == null) {
      return sampling == Sampling.DEFERRED
          ? Extracted.Absent.INSTANCE
          : new Extracted.SamplingOnly(sampling);
    }
    if (traceId == null) {
      return new Malformed(FORMAT, Malformation.TRACE_ID_MISSING, sampling);
    }
    if (spanId == null) {
      return new Malformed(FORMAT, Malformation.SPAN_ID_MISSING, sampling);
    }
    String parentId = request.first(PARENT_SPAN_ID);
    Malformation reason = refuse(traceId, spanId, parentId);
    if (reason != null) {
      return new Malformed(FORMAT, reason, sampling);
    }
    boolean wide = traceId.length() == 32;
    var id = new TraceId(wide ? Hex.parse(traceId, 0) : 0, word(traceId, wide ? 16 : 0));
    return new Context(
        new TraceContext(id, word(spanId, 0), parentId == null ? 0 : word(parentId, 0), sampling));
  }

  private static long word(String hex, int from) {
    return Hex.parse(hex, from, hex.length());
  }

  private static @Nullable Malformation refuse(
      String traceId, String spanId, @Nullable String parentId) {
    if (!Hex.isHex(traceId)) {
      return Malformation.TRACE_ID_NOT_HEX;
    }
    if (!isIdLength(traceId) && traceId.length() != 32) {
      return Malformation.TRACE_ID_LENGTH;
    }
    if (Hex.isZero(traceId, 0, traceId.length())) {
      return Malformation.TRACE_ID_ZERO;
    }
    if (!Hex.isHex(spanId)) {
      return Malformation.SPAN_ID_NOT_HEX;
    }
    if (!isIdLength(spanId)) {
      return Malformation.SPAN_ID_LENGTH;
    }
    if (Hex.isZero(spanId, 0, spanId.length())) {
      return Malformation.SPAN_ID_ZERO;
    }
    if (parentId == null || parentId.isEmpty()) {
      return null;
    }
    if (!Hex.isHex(parentId)) {
      return Malformation.PARENT_ID_NOT_HEX;
    }
    return isIdLength(parentId) ? null : Malformation.PARENT_ID_LENGTH;
  }

  /// Some tracers of old drop leading zeros; Envoy takes that in these fields, and so do we.
  private static boolean isIdLength(String text) {
    return text.length() >= 1 && text.length() <= 16;
  }

  /// Only `1` and `true` say yes, as in Envoy: whatever else stands there says no.
  private static Sampling sampling(ReceivedRequest request) {
    if ("1".equals(request.first(FLAGS))) {
      return Sampling.DEBUG;
    }
    String sampled = request.first(SAMPLED);
    if (sampled == null) {
      return Sampling.DEFERRED;
    }
    return sampled.equals("1") || sampled.equals("true") ? Sampling.SAMPLED : Sampling.NOT_SAMPLED;
  }

  /// Writes all fields, the flag of another format's debug among them.
  @Override
  public void inject(TraceContext context, ReceivedRequest request, HeaderWriter upstream) {
    write(context, request, upstream);
    boolean debug = context.sampling() == Sampling.DEBUG;
    String flags = request.first(FLAGS);
    if (debug && !"1".equals(flags)) {
      upstream.set(FLAGS, "1");
    } else if (!debug && flags != null) {
      upstream.remove(FLAGS);
    }
  }

  /// `x-b3-flags` stays as it came beside `x-b3-sampled`: receivers that know only one of them
  /// still record.
  static void write(TraceContext context, ReceivedRequest request, HeaderWriter upstream) {
    upstream.set(TRACE_ID, context.traceId().format());
    upstream.set(SPAN_ID, Hex.format(context.spanId()));
    if (context.parentId() != 0) {
      upstream.set(PARENT_SPAN_ID, Hex.format(context.parentId()));
    } else if (request.first(PARENT_SPAN_ID) != null) {
      upstream.remove(PARENT_SPAN_ID);
    }
    if (context.sampling() != Sampling.DEFERRED) {
      upstream.set(SAMPLED, context.sampling().recorded() ? "1" : "0");
    } else if (request.first(SAMPLED) != null) {
      upstream.remove(SAMPLED);
    }
  }
}
