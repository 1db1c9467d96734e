package io.sidetrace.operator.resolve;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.Map;

/// A pod on its way in, and what is known of its namespace.
///
/// @param namespace where it will be: a pod's own metadata need not say yet
public record AdmittedPod(Pod pod, String namespace, Map<String, String> namespaceLabels) {
  public AdmittedPod {
    namespaceLabels = Map.copyOf(namespaceLabels);
  }

  ObjectMeta metadata() {
    return pod.getMetadata() == null ? new ObjectMeta() : pod.getMetadata();
  }

  PodSpec spec() {
    return pod.getSpec() == null ? new PodSpec() : pod.getSpec();
  }

  Map<String, String> labels() {
    var labels = metadata().getLabels();
    return labels == null ? Map.of() : labels;
  }

  Map<String, String> annotations() {
    var annotations = metadata().getAnnotations();
    return annotations == null ? Map.of() : annotations;
  }
}
