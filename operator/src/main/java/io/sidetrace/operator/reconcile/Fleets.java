package io.sidetrace.operator.reconcile;

import io.sidetrace.operator.status.Fleet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The pods of each config, as last counted: what the surveyor tells the reconciler of configs.
/// Thread-safe.
public final class Fleets {

  private volatile @Nullable Map<String, Counted> byConfig;
  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

  /// The pods of one config.
  ///
  /// @param generation of the config that they were compared with
  record Counted(Fleet fleet, long generation) {}

  /// Null while nobody has counted yet. What pods were compared with an earlier generation for says
  /// nothing of this one.
  ///
  /// @param config `namespace/name`
  @Nullable Fleet of(String config, long generation) {
    Map<String, Counted> known = byConfig;
    if (known == null) {
      return null;
    }
    Counted counted = known.get(config);
    if (counted == null) {
      return Fleet.EMPTY;
    }
    return counted.generation() == generation ? counted.fleet() : counted.fleet().unjudged();
  }

  /// Replaces what was counted before, and tells the configs for which that is something else.
  ///
  /// @param counted for every config there is, also for those without any pod
  void publish(Map<String, Counted> counted) {
    Map<String, Counted> before = byConfig;
    byConfig = Map.copyOf(counted);
    counted.forEach((config, after) -> {
      if (before == null || !after.equals(before.get(config))) {
        listeners.forEach(listener -> listener.accept(config));
      }
    });
  }

  /// Prometheus text: the pods of all configs.
  public String metrics() {
    Map<String, Counted> known = byConfig;
    var all = Fleet.EMPTY;
    if (known != null) {
      for (Counted counted : known.values()) {
        all = all.plus(counted.fleet());
      }
    }
    var counts = all.counts();
    return """
    # HELP sidetrace_controller_pods Pods that a config is for, by what was found about them.
    # TYPE sidetrace_controller_pods gauge
    sidetrace_controller_pods{state="current"} %d
    sidetrace_controller_pods{state="outdated"} %d
    sidetrace_controller_pods{state="unknown"} %d
    sidetrace_controller_pods{state="missing"} %d
    """
        .formatted(counts.current(), counts.outdated(), counts.unknown(), counts.missing());
  }

  void onChange(Consumer<String> listener) {
    listeners.add(listener);
  }
}
