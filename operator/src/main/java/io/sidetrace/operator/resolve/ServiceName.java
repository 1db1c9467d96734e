package io.sidetrace.operator.resolve;

import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a pod's service is called where no annotation says: by the usual labels, else after the
/// workload that made the pod. It is told from the pod alone, without asking the API server.
final class ServiceName {
  private static final List<String> LABELS = List.of("app.kubernetes.io/name", "app");
  private static final String TEMPLATE_HASH = "pod-template-hash";

  private ServiceName() {}

  static String derive(AdmittedPod pod) {
    for (var label : LABELS) {
      var value = pod.labels().get(label);
      if (value != null && !value.isEmpty()) {
        return value;
      }
    }
    var owner = owner(pod);
    if (owner != null) {
      return withoutHash(owner.getName(), pod);
    }
    return ownName(pod);
  }

  private static @Nullable OwnerReference owner(AdmittedPod pod) {
    var owners = pod.metadata().getOwnerReferences();
    if (owners == null) {
      return null;
    }
    return owners.stream()
        .filter(owner -> Boolean.TRUE.equals(owner.getController()))
        .findFirst()
        .orElse(null);
  }

  /// A Deployment's ReplicaSet is named after it and the hash of the pod template.
  private static String withoutHash(String name, AdmittedPod pod) {
    var hash = pod.labels().get(TEMPLATE_HASH);
    var suffix = "-" + hash;
    return hash != null && name.endsWith(suffix)
        ? name.substring(0, name.length() - suffix.length())
        : name;
  }

  private static String ownName(AdmittedPod pod) {
    var name = pod.metadata().getName();
    if (name != null && !name.isEmpty()) {
      return name;
    }
    var generated = pod.metadata().getGenerateName();
    return generated == null || generated.isEmpty()
        ? pod.namespace()
        : generated.replaceFirst("-$", "");
  }
}
