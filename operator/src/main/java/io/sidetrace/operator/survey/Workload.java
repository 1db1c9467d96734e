package io.sidetrace.operator.survey;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Objects;

/// What made a pod, as far as the pod itself tells: its Deployment, StatefulSet, DaemonSet, Job, or
/// the pod where nothing did.
///
/// @param uid empty where the pod does not know it: of a Deployment it knows the ReplicaSet only
public record Workload(String apiVersion, String kind, String namespace, String name, String uid) {
  private static final String TEMPLATE_HASH = "pod-template-hash";

  static Workload of(Pod pod) {
    var metadata = pod.getMetadata();
    OwnerReference owner =
        metadata.getOwnerReferences().stream()
            .filter(reference -> Boolean.TRUE.equals(reference.getController()))
            .findFirst()
            .orElse(null);
    if (owner == null) {
      String uid = Objects.requireNonNullElse(metadata.getUid(), "");
      return new Workload("v1", "Pod", metadata.getNamespace(), metadata.getName(), uid);
    }
    String hash = metadata.getLabels() == null ? null : metadata.getLabels().get(TEMPLATE_HASH);
    String suffix = "-" + hash;
    if (owner.getKind().equals("ReplicaSet") && hash != null && owner.getName().endsWith(suffix)) {
      String name = owner.getName().substring(0, owner.getName().length() - suffix.length());
      return new Workload("apps/v1", "Deployment", metadata.getNamespace(), name, "");
    }
    return new Workload(
        owner.getApiVersion(),
        owner.getKind(),
        metadata.getNamespace(),
        owner.getName(),
        Objects.requireNonNullElse(owner.getUid(), ""));
  }
}
