package io.sidetrace.sidecar.propagation;

import io.sidetrace.sidecar.trace.Hex;
import io.sidetrace.sidecar.trace.Sampling;
import io.sidetrace.sidecar.trace.TraceContext;
import io.sidetrace.sidecar.trace.TraceId;
import java.nio.charset.StandardCharsets;

/// AWS X-Ray's `x-amzn-trace-id`:
/// `Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8; Sampled=1` in one line.
///
/// Fields that are not of the context, such as `Self` and `Lineage`, go on behind those that are,
/// as long as the trace is the same. A trace identifier of 64 bits has zeros in the place of the
/// time.
final class XRay implements ContextFormat {
  private static final String FIELD = "x-amzn-trace-id";

  private static final byte[] ROOT =
      "Root=1-00000000-000000000000000000000000;Parent=0000000000000000;Sampled=?"
          .getBytes(StandardCharsets.US_ASCII);

  /// Where digits stand in it.
  private static final int TIME = 7;

  private static final int UNIQUE = 16;
  private static final int PARENT = 48;
  private static final int SAMPLED = 73;

  @Override
  public String name() {
    return XRayParser.FORMAT;
  }

  @Override
  public Extracted extract(ReceivedRequest request) {
    String field = request.first(FIELD);
    return field == null ? Extracted.Absent.INSTANCE : XRayParser.parse(field).extracted();
  }

  @Override
  public void inject(TraceContext context, ReceivedRequest request, HeaderWriter upstream) {
    String field = request.first(FIELD);
    String others = field == null ? "" : XRayParser.parse(field).othersOf(context.traceId());
    upstream.set(FIELD, format(context) + others);
  }

  private static String format(TraceContext context) {
    TraceId traceId = context.traceId();
    byte[] text = ROOT.clone();
    Hex.write(traceId.high() >>> 32, text, TIME, 8);
    Hex.write(traceId.high(), text, UNIQUE, 8);
    Hex.write(traceId.low(), text, UNIQUE + 8, 16);
    Hex.write(context.spanId(), text, PARENT, 16);
    if (context.sampling() != Sampling.DEFERRED) {
      text[SAMPLED] = (byte) (context.sampling().recorded() ? '1' : '0');
    }
    return Hex.latin1(text);
  }
}
