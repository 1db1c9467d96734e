package io.sidetrace.operator.reconcile;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.sidetrace.operator.api.Keys;
import io.sidetrace.operator.api.TracingConfig;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is known of one namespace in one moment.
///
/// @param configs its own
/// @param clusterConfigs those of the operator's namespace
/// @param current the ConfigMap of our name, ours or not
/// @param injectedPods its pods with a sidecar
record NamespaceView(
    Namespace namespace,
    List<TracingConfig> configs,
    List<TracingConfig> clusterConfigs,
    @Nullable ConfigMap current,
    List<Pod> injectedPods) {

  NamespaceView {
    configs = List.copyOf(configs);
    clusterConfigs = List.copyOf(clusterConfigs);
    injectedPods = List.copyOf(injectedPods);
  }

  String name() {
    return namespace.getMetadata().getName();
  }

  /// In one that is on its way out nothing can be created, and the rest goes with it.
  boolean isTerminating() {
    return namespace.getMetadata().getDeletionTimestamp() != null;
  }

  boolean isLabelled() {
    Map<String, String> labels = namespace.getMetadata().getLabels();
    return labels != null && "enabled".equals(labels.get(Keys.INJECTION));
  }
}
