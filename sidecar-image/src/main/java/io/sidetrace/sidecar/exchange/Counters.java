package io.sidetrace.sidecar.exchange;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// The data plane's counts. Thread-safe; every loop adds to a cell of its own, reading sums them
/// up.
public final class Counters {
  private final Map<Counter, LongAdder> counts = new EnumMap<>(Counter.class);

  Counters() {
    for (Counter counter : Counter.values()) {
      counts.put(counter, new LongAdder());
    }
  }

  void increment(Counter counter) {
    adder(counter).increment();
  }

  void decrement(Counter counter) {
    adder(counter).decrement();
  }

  public long get(Counter counter) {
    return adder(counter).sum();
  }

  @SuppressWarnings("NullAway") // every counter has its adder since the constructor
  private LongAdder adder(Counter counter) {
    return counts.get(counter);
  }
}
