package io.sidetrace.sidecar.tracing;

import java.util.random.RandomGenerator;

/// Where a tracer's identifiers and times come from. Event-loop confined.
public record TracerSources(RandomGenerator random, SpanClock clock) {

  public static TracerSources system() {
    return new TracerSources(RandomGenerator.of("Xoroshiro128PlusPlus"), SpanClock.system());
  }
}
