package io.sidetrace.sidecar.propagation;

import io.sidetrace.sidecar.propagation.Extracted.Context;
import io.sidetrace.sidecar.propagation.Extracted.Malformed;
import io.sidetrace.sidecar.trace.Hex;
import io.sidetrace.sidecar.trace.Remark;
import io.sidetrace.sidecar.trace.Sampling;
import io.sidetrace.sidecar.trace.TraceContext;
import io.sidetrace.sidecar.trace.TraceId;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// W3C Trace Context: `traceparent`, `00-TRACEID-SPANID-FLAGS` with 32, 16 and 2 lower-case digits,
/// and `tracestate`.
///
/// A `tracestate` of the trace that goes on stays byte for byte. One that is malformed goes, and
/// the trace goes on without it; so does one that came without the `traceparent` of its trace.
final class W3cTraceContext implements ContextFormat {
  static final String FORMAT = "tracecontext";

  private static final String PARENT = "traceparent";
  private static final String STATE = "tracestate";

  /// Where the parts of `traceparent` begin.
  private static final int TRACE_ID = 3;

  private static final int SPAN_ID = 36;
  private static final int FLAGS = 53;

  /// Of version 00, and the least of any version.
  private static final int LENGTH = 55;

  private static final byte[] EMPTY =
      "00-00000000000000000000000000000000-0000000000000000-00".getBytes(StandardCharsets.US_ASCII);

  @Override
  public String name() {
    return FORMAT;
  }

  /// Several fields `traceparent` are none that could be trusted, so they are read as one, which is
  /// too long.
  @Override
  public Extracted extract(ReceivedRequest request) {
    String parent = request.joined(PARENT);
    if (parent == null) {
      return Extracted.Absent.INSTANCE;
    }
    Malformation reason = refuse(parent);
    if (reason != null) {
      return new Malformed(FORMAT, reason, Sampling.DEFERRED);
    }
    boolean sampled = (Hex.digit(parent.charAt(LENGTH - 1)) & 1) != 0;
    return new Context(
        new TraceContext(
            traceId(parent),
            Hex.parse(parent, SPAN_ID),
            0,
            sampled ? Sampling.SAMPLED : Sampling.NOT_SAMPLED,
            state(request)));
  }

  private static TraceId traceId(String parent) {
    return new TraceId(Hex.parse(parent, TRACE_ID), Hex.parse(parent, TRACE_ID + 16));
  }

  private static @Nullable Remark state(ReceivedRequest request) {
    String state = request.joined(STATE);
    return state != null && TraceStateGrammar.accepts(state) ? new Remark.TraceState(state) : null;
  }

  private static @Nullable Malformation refuse(String parent) {
    if (parent.isEmpty()) {
      return Malformation.EMPTY;
    }
    boolean twoDigits = Hex.endOfLowerDigits(parent, 0) == TRACE_ID - 1;
    if (!twoDigits || parent.startsWith("ff")) {
      return Malformation.VERSION_UNKNOWN;
    }
    if (parent.length() < TRACE_ID) {
      return Malformation.TRUNCATED;
    }
    if (parent.charAt(TRACE_ID - 1) != '-') {
      return Malformation.VERSION_UNKNOWN;
    }
    int end = Hex.endOfLowerDigits(parent, TRACE_ID);
    if (end < parent.length() && parent.charAt(end) != '-') {
      return Malformation.TRACE_ID_NOT_HEX;
    }
    if (end != SPAN_ID - 1) {
      return Malformation.TRACE_ID_LENGTH;
    }
    if (Hex.isZero(parent, TRACE_ID, end)) {
      return Malformation.TRACE_ID_ZERO;
    }
    return end == parent.length() ? Malformation.SPAN_ID_MISSING : refuseSpanId(parent);
  }

  private static @Nullable Malformation refuseSpanId(String parent) {
    int end = Hex.endOfLowerDigits(parent, SPAN_ID);
    if (end < parent.length() && parent.charAt(end) != '-') {
      return Malformation.SPAN_ID_NOT_HEX;
    }
    if (end != FLAGS - 1) {
      return Malformation.SPAN_ID_LENGTH;
    }
    if (Hex.isZero(parent, SPAN_ID, end)) {
      return Malformation.SPAN_ID_ZERO;
    }
    return end == parent.length() ? Malformation.TRUNCATED : refuseFlags(parent);
  }

  /// Later versions may go on behind one more dash; this one may not.
  private static @Nullable Malformation refuseFlags(String parent) {
    int end = Hex.endOfLowerDigits(parent, FLAGS);
    if (end < LENGTH) {
      return end < parent.length() ? Malformation.FLAGS_NOT_HEX : Malformation.FLAGS_LENGTH;
    }
    if (end > LENGTH) {
      return Malformation.FLAGS_LENGTH;
    }
    boolean more = end < parent.length();
    boolean mayGoOn = !parent.startsWith("00") && more && parent.charAt(end) == '-';
    return more && !mayGoOn ? Malformation.TRAILING_TEXT : null;
  }

  @Override
  public void inject(TraceContext context, ReceivedRequest request, HeaderWriter upstream) {
    upstream.set(PARENT, format(context));
    boolean goesOn = context.remark() instanceof Remark.TraceState;
    if (!goesOn && request.first(STATE) != null && !hasState(request, context.traceId())) {
      upstream.remove(STATE);
    }
  }

  /// Another format was understood first; its trace may be the same.
  private static boolean hasState(ReceivedRequest request, TraceId traceId) {
    String parent = request.joined(PARENT);
    return parent != null
        && refuse(parent) == null
        && traceId(parent).isSameTraceAs(traceId)
        && state(request) != null;
  }

  private static String format(TraceContext context) {
    byte[] text = EMPTY.clone();
    Hex.write(context.traceId().high(), text, TRACE_ID, 16);
    Hex.write(context.traceId().low(), text, TRACE_ID + 16, 16);
    Hex.write(context.spanId(), text, SPAN_ID, 16);
    if (context.sampling().recorded()) {
      text[LENGTH - 1] = '1';
    }
    return Hex.latin1(text);
  }
}
