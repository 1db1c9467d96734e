package io.sidetrace.sidecar.tracing;

import io.sidetrace.sidecar.trace.Hex;
import io.sidetrace.sidecar.trace.TraceId;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/// New identifiers. Event-loop confined, as its random generator.
final class Ids {
  private static final long VERSION_MASK = 0xffffffff_ffff_0fffL;
  private static final long VERSION_4 = 0x4000L;
  private static final long VARIANT_MASK = 0x3fffffff_ffffffffL;
  private static final long VARIANT_RFC = 0x80000000_00000000L;

  private final RandomGenerator random;

  /// Only the digits change from one to the next.
  private final byte[] uuid =
      "00000000-0000-0000-0000-000000000000".getBytes(StandardCharsets.US_ASCII);

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
    long high = (random.nextLong() & VERSION_MASK) | VERSION_4;
    long low = (random.nextLong() & VARIANT_MASK) | VARIANT_RFC;
    Hex.write(high >>> 32, uuid, 0, 8);
    Hex.write(high >>> 16, uuid, 9, 4);
    Hex.write(high, uuid, 14, 4);
    Hex.write(low >>> 48, uuid, 19, 4);
    Hex.write(low, uuid, 24, 12);
    return Hex.latin1(uuid);
  }
}
