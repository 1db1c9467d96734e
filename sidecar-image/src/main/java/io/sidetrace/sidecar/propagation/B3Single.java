package io.sidetrace.sidecar.propagation;

import io.sidetrace.sidecar.trace.Hex;
import io.sidetrace.sidecar.trace.Sampling;
import io.sidetrace.sidecar.trace.TraceContext;

/// Zipkin's single field `b3`.
final class B3Single implements ContextFormat {
  static final String FIELD = "b3";

  @Override
  public String name() {
    return B3SingleParser.FORMAT;
  }

  @Override
  public Extracted extract(ReceivedRequest request) {
    String field = request.first(FIELD);
    return field == null ? Extracted.Absent.INSTANCE : B3SingleParser.parse(field);
  }

  @Override
  public void inject(TraceContext context, ReceivedRequest request, HeaderWriter upstream) {
    upstream.set(FIELD, format(context));
  }

  /// `80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-1-05e3ac9a4f6e3b90`
  private static String format(TraceContext context) {
    var text = new StringBuilder(B3SingleParser.MAX_LENGTH);
    text.append(context.traceId().format()).append('-').append(Hex.format(context.spanId()));
    if (context.sampling() != Sampling.DEFERRED) {
      text.append('-').append(samplingState(context.sampling()));
      if (context.parentId() != 0) {
        text.append('-').append(Hex.format(context.parentId()));
      }
    }
    return text.toString();
  }

  private static char samplingState(Sampling sampling) {
    return switch (sampling) {
      case DEBUG -> 'd';
      case SAMPLED -> '1';
      case NOT_SAMPLED, DEFERRED -> '0';
    };
  }
}
