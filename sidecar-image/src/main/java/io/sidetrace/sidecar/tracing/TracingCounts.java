package io.sidetrace.sidecar.tracing;

import io.sidetrace.sidecar.propagation.Extracted;
import io.sidetrace.sidecar.sampling.SamplingDecision;
import io.sidetrace.sidecar.sampling.SamplingShares;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/// Why requests were traced or not, counted by the `stat_prefix` of their connection manager.
/// Thread-safe: event loops count, others read.
public final class TracingCounts {
  /// Envoy's kinds, whose names are its own.
  public enum Reason {
    RANDOM_SAMPLING,
    SERVICE_FORCED,
    CLIENT_ENABLED,
    NOT_TRACEABLE,
    HEALTH_CHECK;

    static Reason of(SamplingDecision decision) {
      return switch (decision) {
        case RANDOM, REQUEST_ID_SAMPLED, ALWAYS -> RANDOM_SAMPLING;
        case FORCED, REQUEST_ID_FORCED -> SERVICE_FORCED;
        case CLIENT_REQUESTED, REQUEST_ID_CLIENT -> CLIENT_ENABLED;
        case HEALTH_CHECK -> HEALTH_CHECK;
        case NOT_CHOSEN, OVERALL_LIMIT, NOT_TRACEABLE -> NOT_TRACEABLE;
      };
    }
  }

  private final ConcurrentHashMap<String, OfManager> managers = new ConcurrentHashMap<>();

  /// Those of one connection manager; they outlive its configuration.
  public OfManager of(String statPrefix) {
    return managers.computeIfAbsent(statPrefix, _ -> new OfManager());
  }

  /// All counts so far, by `stat_prefix`.
  public Map<String, Map<Reason, Long>> snapshot() {
    return managers.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().snapshot()));
  }

  /// The counts of one connection manager on all event loops.
  public static final class OfManager implements Observer {
    private final Map<Reason, AtomicLong> counts = new EnumMap<>(Reason.class);

    private OfManager() {
      for (Reason reason : Reason.values()) {
        counts.put(reason, new AtomicLong()); // all of them now: the map itself never changes again
      }
    }

    @Override
    public void decided(String requestId, SamplingDecision decision, SamplingShares shares) {
      Objects.requireNonNull(counts.get(Reason.of(decision))).incrementAndGet();
    }

    @Override
    public void placed(Extracted extracted, SpanPosition position) {}

    private Map<Reason, Long> snapshot() {
      return counts.entrySet().stream()
          .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().get()));
    }
  }
}
