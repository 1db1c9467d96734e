package io.sidetrace.operator.reconcile;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;

/// What is to be done in one namespace, in this order.
record NamespacePlan(Change change, List<Nudge> nudges) {

  NamespacePlan {
    nudges = List.copyOf(nudges);
  }

  static NamespacePlan of(Change change) {
    return new NamespacePlan(change, List.of());
  }

  /// What becomes of the ConfigMap.
  sealed interface Change {
    record Keep() implements Change {}

    record Create(ConfigMap desired) implements Change {}

    record Rewrite(ConfigMap seen, Map<String, String> data) implements Change {}

    record Remove(ConfigMap spent) implements Change {}

    /// One of our name that is not ours: it is a user's, and stays.
    record Blocked(ConfigMap foreign) implements Change {}
  }

  /// Makes the kubelet look at the ConfigMap that a pod mounts, by an annotation with the hash of
  /// the pod's config.
  record Nudge(Pod pod, String hash) {}
}
