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
        // Not made of an identifier: none of these is told as what Envoy would have decided.
        case PARENT_SAMPLED, ALWAYS_ON, RATIO, XRAY_FIXED_TARGET, XRAY_RATE -> RANDOM_SAMPLING;
        case PARENT_NOT_SAMPLED, NOT_IN_RATIO, XRAY_NOT_CHOSEN, RATE_LIMITED -> NOT_TRACEABLE;
      };
    }
  }

  private final ConcurrentHashMap<String, OfManager> managers = new ConcurrentHashMap<>();

  /// Those of one connection manager; they outlive its configuration.
  public OfManager of(String statPrefix) {
    return managers.computeIfAbsent(statPrefix, _ -> new OfManager());
  }

  /// What Envoy would count so far, by `stat_prefix`.
  public Map<String, Map<Reason, Long>> snapshot() {
    return managers.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().snapshot()));
  }

  /// What was decided in the end, by a parent, a sampler or a bound perhaps, by `stat_prefix`;
  /// without what never was.
  public Map<String, Map<SamplingDecision, Long>> decisions() {
    return managers.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().made()));
  }

  /// The counts of one connection manager on all event loops.
  public static final class OfManager implements Observer {
    private final Map<Reason, AtomicLong> reasons = new EnumMap<>(Reason.class);
    private final Map<SamplingDecision, AtomicLong> decisions =
        new EnumMap<>(SamplingDecision.class);

    private OfManager() {
      // All of them now: the maps themselves never change again.
      for (Reason reason : Reason.values()) {
        reasons.put(reason, new AtomicLong());
      }
      for (SamplingDecision decision : SamplingDecision.values()) {
        decisions.put(decision, new AtomicLong());
      }
    }

    @Override
    public void decided(String requestId, SamplingDecision decision, SamplingShares shares) {
      Objects.requireNonNull(reasons.get(Reason.of(decision))).incrementAndGet();
    }

    @Override
    public void placed(Extracted extracted, SpanPosition position) {
      Objects.requireNonNull(decisions.get(position.decision())).incrementAndGet();
    }

    private Map<Reason, Long> snapshot() {
      return reasons.entrySet().stream()
          .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().get()));
    }

    private Map<SamplingDecision, Long> made() {
      return decisions.entrySet().stream()
          .filter(entry -> entry.getValue().get() > 0)
          .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().get()));
    }
  }
}
