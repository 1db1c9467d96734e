package io.sidetrace.operator.kube;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;

/// The writes of reconciling: the edge of the system, so that what is written can be tested without
/// a cluster.
public interface Cluster {

  /// Under this name the API server notes what the operator has written.
  String FIELD_MANAGER = "sidetrace-operator";

  /// Creates the ConfigMap or makes its data and labels these.
  void apply(ConfigMap configMap);

  /// Deletes this very ConfigMap; one that was replaced in the meantime stays.
  void delete(ConfigMap configMap);

  /// Sets one annotation of a running pod; a pod that is gone needs none.
  void annotate(Pod pod, String key, String value);
}
