package io.sidetrace.sidecar.propagation;

import io.sidetrace.sidecar.propagation.Extracted.Context;
import io.sidetrace.sidecar.propagation.Extracted.Malformed;
import io.sidetrace.sidecar.trace.Hex;
import io.sidetrace.sidecar.trace.Sampling;
import io.sidetrace.sidecar.trace.TraceContext;
import io.sidetrace.sidecar.trace.TraceId;
import org.jspecify.annotations.Nullable;

/// The fields `x-b3-traceid`, `-spanid`, `-parentspanid`, `-sampled` and `-flags`.
final class B3Multi {
  static final String FORMAT = "b3multi";

  private static final String TRACE_ID = "x-b3-traceid";
  private static final String SPAN_ID = "x-b3-spanid";
  private static final String PARENT_SPAN_ID = "x-b3-parentspanid";
  private static final String SAMPLED = "x-b3-sampled";
  private static final String FLAGS = "x-b3-flags";

  private B3Multi() {}

  static Extracted extract(HeaderReader request) {
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
    var id = new TraceId(wide ? word(traceId, 0, 16) : 0, word(traceId, wide ? 16 : 0));
    return new Context(
        new TraceContext(id, word(spanId, 0), parentId == null ? 0 : word(parentId, 0), sampling));
  }

  private static @Nullable Malformation refuse(
      String traceId, String spanId, @Nullable String parentId) {
    if (!Hex.isHex(traceId)) {
      return Malformation.TRACE_ID_NOT_HEX;
    }
    if (!isIdLength(traceId) && traceId.length() != 32) {
      return Malformation.TRACE_ID_LENGTH;
    }
    if (isZero(traceId)) {
      return Malformation.TRACE_ID_ZERO;
    }
    if (!Hex.isHex(spanId)) {
      return Malformation.SPAN_ID_NOT_HEX;
    }
    if (!isIdLength(spanId)) {
      return Malformation.SPAN_ID_LENGTH;
    }
    if (isZero(spanId)) {
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

  private static boolean isZero(String hex) {
    for (int i = 0; i < hex.length(); i++) {
      if (hex.charAt(i) != '0') {
        return false;
      }
    }
    return true;
  }

  private static long word(String hex, int from) {
    return word(hex, from, hex.length());
  }

  private static long word(String hex, int from, int to) {
    long word = 0;
    for (int i = from; i < to; i++) {
      word = (word << 4) | Hex.digit(hex.charAt(i));
    }
    return word;
  }

  /// Only `1` and `true` say yes, as in Envoy: whatever else stands there says no.
  private static Sampling sampling(HeaderReader request) {
    if ("1".equals(request.first(FLAGS))) {
      return Sampling.DEBUG;
    }
    String sampled = request.first(SAMPLED);
    if (sampled == null) {
      return Sampling.DEFERRED;
    }
    return sampled.equals("1") || sampled.equals("true") ? Sampling.SAMPLED : Sampling.NOT_SAMPLED;
  }

  /// `x-b3-flags` stays as it came beside `x-b3-sampled`: receivers that know only one of them
  /// still record.
  static void inject(TraceContext context, HeaderReader request, HeaderWriter upstream) {
    upstream.set(TRACE_ID, context.traceId().format());
    upstream.set(SPAN_ID, Hex.format(context.spanId()));
    if (context.parentId() != 0) {
      upstream.set(PARENT_SPAN_ID, Hex.format(context.parentId()));
    } else if (request.first(PARENT_SPAN_ID) != null) {
      upstream.remove(PARENT_SPAN_ID);
    }
    upstream.set(SAMPLED, context.sampling().recorded() ? "1" : "0");
  }
}
