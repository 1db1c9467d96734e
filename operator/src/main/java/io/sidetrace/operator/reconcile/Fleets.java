package io.sidetrace.operator.reconcile;

import io.sidetrace.operator.status.Fleet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The pods of each config, as last counted: what the surveyor tells the reconciler of configs.
/// Thread-safe.
public final class Fleets {

  private volatile @Nullable Map<String, Fleet> byConfig;
  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

  /// Null while nobody has counted yet.
  ///
  /// @param config `namespace/name`
  @Nullable Fleet of(String config) {
    Map<String, Fleet> counted = byConfig;
    return counted == null ? null : counted.getOrDefault(config, Fleet.EMPTY);
  }

  /// Replaces what was counted before, and tells the configs for which that is something else.
  ///
  /// @param configs there are, also those without any pod
  void publish(Map<String, Fleet> counted, Set<String> configs) {
    Map<String, Fleet> before = byConfig;
    byConfig = Map.copyOf(counted);
    for (String config : configs) {
      Fleet after = counted.getOrDefault(config, Fleet.EMPTY);
      boolean isNew = before == null || !after.equals(before.getOrDefault(config, Fleet.EMPTY));
      if (isNew) {
        listeners.forEach(listener -> listener.accept(config));
      }
    }
  }

  /// Prometheus text: the pods of all configs.
  public String metrics() {
    Map<String, Fleet> counted = byConfig;
    var all = Fleet.EMPTY;
    for (Fleet fleet : counted == null ? new HashMap<String, Fleet>().values() : counted.values()) {
      all = all.plus(fleet);
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
