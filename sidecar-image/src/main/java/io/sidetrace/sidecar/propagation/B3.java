package io.sidetrace.sidecar.propagation;

import io.sidetrace.sidecar.trace.Hex;
import io.sidetrace.sidecar.trace.Sampling;
import io.sidetrace.sidecar.trace.TraceContext;

/// Zipkin's B3, in its two spellings: the single field `b3` and the fields `x-b3-…`.
///
/// The single field beats the many. The answer goes out in the spelling that was read, as in Envoy;
/// where none came in, in the many.
public final class B3 implements ContextFormat {
  static final String SINGLE = "b3";

  @Override
  public Extracted extract(HeaderReader request) {
    String single = request.first(SINGLE);
    return single == null ? B3Multi.extract(request) : B3SingleParser.parse(single);
  }

  @Override
  public void inject(TraceContext context, HeaderReader request, HeaderWriter upstream) {
    if (request.first(SINGLE) != null) {
      upstream.set(SINGLE, formatSingle(context));
    } else {
      B3Multi.inject(context, request, upstream);
    }
  }

  /// `80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-1-05e3ac9a4f6e3b90`
  private static String formatSingle(TraceContext context) {
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
