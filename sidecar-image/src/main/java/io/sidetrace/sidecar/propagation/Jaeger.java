package io.sidetrace.sidecar.propagation;

import io.sidetrace.sidecar.trace.Hex;
import io.sidetrace.sidecar.trace.Sampling;
import io.sidetrace.sidecar.trace.TraceContext;

/// Jaeger's `uber-trace-id`. Its baggage, `uberctx-…`, says nothing of the trace and goes on as it
/// came.
final class Jaeger implements ContextFormat {
  static final String FORMAT = "jaeger";

  /// Bits of the flags: sampled, and to be kept by every later stage.
  static final int SAMPLED = 1;

  static final int DEBUG = 2;

  private static final String FIELD = "uber-trace-id";

  @Override
  public String name() {
    return FORMAT;
  }

  @Override
  public Extracted extract(ReceivedRequest request) {
    String field = request.first(FIELD);
    return field == null ? Extracted.Absent.INSTANCE : JaegerParser.parse(field);
  }

  /// The parent's place is 0: nobody reads it, as Jaeger says. Zeros in front are written, which
  /// every reader takes.
  @Override
  public void inject(TraceContext context, ReceivedRequest request, HeaderWriter upstream) {
    String ids = context.traceId().format() + ':' + Hex.format(context.spanId());
    upstream.set(FIELD, ids + ":0:" + flags(context.sampling()));
  }

  private static int flags(Sampling sampling) {
    return switch (sampling) {
      case DEBUG -> SAMPLED | DEBUG;
      case SAMPLED -> SAMPLED;
      case NOT_SAMPLED, DEFERRED -> 0;
    };
  }
}
