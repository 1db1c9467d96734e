package io.sidetrace.sidecar.propagation;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/// Counts refused contexts by format and reason. Thread-safe: one for all event loops, as nothing
/// well-formed ever touches it.
public final class MalformedContexts {
  private final ConcurrentHashMap<Kind, LongAdder> counts = new ConcurrentHashMap<>();

  public record Kind(String format, Malformation reason) {}

  void count(Extracted.Malformed malformed) {
    counts
        .computeIfAbsent(new Kind(malformed.format(), malformed.reason()), kind -> new LongAdder())
        .increment();
  }

  /// The counts so far; kinds that never came are not in it.
  public Map<Kind, Long> snapshot() {
    return counts.entrySet().stream()
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> entry.getValue().sum()));
  }
}
