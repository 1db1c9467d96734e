package io.sidetrace.sidecar.tracing;

import io.sidetrace.sidecar.trace.Hex;
import io.sidetrace.sidecar.trace.TraceId;
import java.util.random.RandomGenerator;

/// New identifiers. Event-loop confined, as its random generator.
final class Ids {
  private static final long VERSION_MASK = 0xffffffff_ffff_0fffL;
  private static final long VERSION_4 = 0x4000L;
  private static final long VARIANT_MASK = 0x3fffffff_ffffffffL;
  private static final long VARIANT_RFC = 0x80000000_00000000L;

  private final RandomGenerator random;

  Ids(RandomGenerator random) {
    this.random = random;
  }

  long spanId() {
    long id = random.nextLong();
    while (id == 0) {
      id = random.nextLong();
    }
    return id;
  }

  /// The trace that begins with this span: the low half is the span's own id, as Zipkin's tracers
  /// have it.
  TraceId traceId(long rootSpanId, TracingSettings.SpanIds settings) {
    return new TraceId(settings.traceId128Bit() ? spanId() : 0, rootSpanId);
  }

  /// A random UUID (version 4) as text.
  String requestId() {
    String high = Hex.format((random.nextLong() & VERSION_MASK) | VERSION_4);
    String low = Hex.format((random.nextLong() & VARIANT_MASK) | VARIANT_RFC);
    return new StringBuilder(36)
        .append(high, 0, 8)
        .append('-')
        .append(high, 8, 12)
        .append('-')
        .append(high, 12, 16)
        .append('-')
        .append(low, 0, 4)
        .append('-')
        .append(low, 4, 16)
        .toString();
  }
}
