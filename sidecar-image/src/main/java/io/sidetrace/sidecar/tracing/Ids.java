package io.sidetrace.sidecar.tracing;

import io.sidetrace.sidecar.trace.Dialect.TraceIds;
import io.sidetrace.sidecar.trace.Hex;
import io.sidetrace.sidecar.trace.TraceId;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// New identifiers. Event-loop confined, as its random generator.
final class Ids {
  private static final long VERSION_MASK = 0xffffffff_ffff_0fffL;
  private static final long VERSION_4 = 0x4000L;
  private static final long VARIANT_MASK = 0x3fffffff_ffffffffL;
  private static final long VARIANT_RFC = 0x80000000_00000000L;

  private final RandomGenerator random;
  private final InstantSource clock;

  /// Only the digits change from one to the next.
  private final byte[] uuid =
      "00000000-0000-0000-0000-000000000000".getBytes(StandardCharsets.US_ASCII);

  Ids(RandomGenerator random) {
    this(random, InstantSource.system());
  }

  /// @param clock the time of identifiers that carry it
  Ids(RandomGenerator random, InstantSource clock) {
    this.random = random;
    this.clock = clock;
  }

  long spanId() {
    long id = random.nextLong();
    while (id == 0) {
      id = random.nextLong();
    }
    return id;
  }

  /// The trace that begins with this span.
  TraceId traceId(long rootSpanId, TraceIds kind) {
    return switch (kind) {
      case ROOT_SPAN_64 -> new TraceId(0, rootSpanId);
      case ROOT_SPAN_128 -> new TraceId(spanId(), rootSpanId);
      case RANDOM_128 -> new TraceId(spanId(), spanId());
      case TIMESTAMPED_64 -> new TraceId(0, timestamped());
      case TIMESTAMPED_128 -> new TraceId(timestamped(), rootSpanId);
      case TIMESTAMPED_ROOT_SPAN_128 -> new TraceId(seconds(), rootSpanId);
    };
  }

  private long timestamped() {
    return seconds() | (random.nextLong() & 0xffff_ffffL);
  }

  private long seconds() {
    return clock.instant().getEpochSecond() << 32;
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
