package io.sidetrace.sidecar.report;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to leave a collector alone after it failed: twice as long each time, and a random part
/// of that, so that a thousand sidecars do not come back together. Confined to the reporter's loop.
final class Backoff {
  /// A collector that only restarted its listener is missed by little.
  private static final long FIRST_NANOS = Duration.ofMillis(100).toNanos();

  /// A collector that is back is noticed within this.
  private static final long LONGEST_NANOS = Duration.ofSeconds(5).toNanos();

  private final RandomGenerator random;
  private int failures;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  boolean failing() {
    return failures > 0;
  }

  void reset() {
    failures = 0;
  }

  /// One more failure; answers the pause, between half of its bound and all of it.
  long nextPauseNanos() {
    // The bound is reached after six doublings; the shift must not run over before.
    long bound = Math.min(LONGEST_NANOS, FIRST_NANOS << Math.min(failures, 6));
    failures++;
    return bound / 2 + random.nextLong(bound / 2);
  }
}
