package io.sidetrace.sidecar.propagation;

import io.sidetrace.sidecar.propagation.Extracted.Context;
import io.sidetrace.sidecar.propagation.Extracted.Malformed;
import io.sidetrace.sidecar.trace.Remark;
import io.sidetrace.sidecar.trace.Sampling;
import io.sidetrace.sidecar.trace.SegmentId;
import io.sidetrace.sidecar.trace.TraceContext;
import io.sidetrace.sidecar.trace.TraceId;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads `SAMPLED-TRACE-SEGMENT-SPAN-SERVICE-INSTANCE-ENDPOINT-PEER`; all but the first and the
/// fourth are Base64, which has no dash.
final class SkyWalkingParser {
  static final String FORMAT = "sw8";

  /// SkyWalking's own limit is 2 KiB for all parts together.
  private static final int MAX_LENGTH = 2048;

  private static final int PARTS = 8;

  /// Digits of a span's index within its segment; a segment has at most 300 spans by default.
  private static final int MAX_INDEX_DIGITS = 9;

  private final String[] parts = new String[PARTS];

  private SkyWalkingParser() {}

  static Extracted parse(String text) {
    if (text.isEmpty()) {
      return malformed(Malformation.EMPTY);
    }
    if (text.length() > MAX_LENGTH) {
      return malformed(Malformation.TOO_LONG);
    }
    var parser = new SkyWalkingParser();
    Malformation reason = parser.split(text);
    return reason == null ? parser.read() : malformed(reason);
  }

  private @Nullable Malformation split(String text) {
    int at = 0;
    for (int i = 0; i < PARTS; i++) {
      int dash = text.indexOf('-', at);
      boolean last = i == PARTS - 1;
      if (last != dash < 0) {
        return last ? Malformation.TRAILING_TEXT : Malformation.TRUNCATED;
      }
      parts[i] = text.substring(at, last ? text.length() : dash);
      at = dash + 1;
    }
    return null;
  }

  private Extracted read() {
    boolean sampled = parts[0].equals("1");
    if (!sampled && !parts[0].equals("0")) {
      return malformed(Malformation.SAMPLING_UNKNOWN);
    }
    String index = parts[3];
    if (index.length() > MAX_INDEX_DIGITS || Decimal.problem(index) != null) {
      return malformed(Malformation.SPAN_ID_NOT_DECIMAL);
    }
    for (int i = 1; i < PARTS; i++) {
      if (i != 3 && !decode(i)) {
        return malformed(Malformation.NOT_BASE64);
      }
    }
    if (parts[1].isEmpty()) {
      return malformed(Malformation.TRACE_ID_MISSING);
    }
    if (parts[2].isEmpty()) {
      return malformed(Malformation.SPAN_ID_MISSING);
    }
    return context(sampled ? Sampling.SAMPLED : Sampling.NOT_SAMPLED, (int) Decimal.parse(index));
  }

  private boolean decode(int part) {
    byte[] bytes = Base64Text.decode(parts[part]);
    if (bytes == null) {
      return false;
    }
    parts[part] = new String(bytes, StandardCharsets.UTF_8);
    return true;
  }

  private Context context(Sampling sampling, int index) {
    TraceId traceId = SegmentId.traceId(parts[1]);
    var remark =
        new Remark.SkyWalking(parts[1], parts[2], index, parts[4], parts[5], parts[6], parts[7]);
    long spanId = SegmentId.spanId(traceId, parts[2], index);
    return new Context(new TraceContext(traceId, spanId, 0, sampling, remark));
  }

  private static Malformed malformed(Malformation reason) {
    return new Malformed(FORMAT, reason, Sampling.DEFERRED);
  }
}
