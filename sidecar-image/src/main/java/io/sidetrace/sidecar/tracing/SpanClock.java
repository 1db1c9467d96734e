package io.sidetrace.sidecar.tracing;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Time of spans: a moment is a tick of the monotonic clock, so that no duration is ever negative,
/// and becomes a date only when a span is finished. Event-loop confined.
public final class SpanClock {

  /// A wall clock that is set anew shows on spans after this time at the latest.
  private static final long ANCHOR_VALID_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final LongSupplier epochMicros;
  private final LongSupplier ticks;
  private long anchorTick;
  private long anchorMicros;

  /// @param epochMicros the wall clock
  /// @param ticks nanoseconds since any origin, never going back
  public SpanClock(LongSupplier epochMicros, LongSupplier ticks) {
    this.epochMicros = epochMicros;
    this.ticks = ticks;
    this.anchorTick = ticks.getAsLong();
    this.anchorMicros = epochMicros.getAsLong();
  }

  public static SpanClock system() {
    return new SpanClock(SpanClock::systemMicros, System::nanoTime);
  }

  /// Now.
  long tick() {
    long now = ticks.getAsLong();
    if (now - anchorTick > ANCHOR_VALID_NANOS) {
      anchorTick = now;
      anchorMicros = epochMicros.getAsLong();
    }
    return now;
  }

  /// The date of a tick, as the wall clock of the latest anchor shows it.
  long dateMicros(long tick) {
    return anchorMicros + TimeUnit.NANOSECONDS.toMicros(tick - anchorTick);
  }

  /// The wall clock of the system, in microseconds of the epoch.
  public static long systemMicros() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
  }
}
