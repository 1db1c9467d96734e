package io.sidetrace.operator.kube;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.util.Map;

/// The writes of reconciling: the edge of the system, so that what is written can be tested without
/// a cluster.
///
/// A write that finds another state than the one it was decided by does nothing and says so: the
/// event of what it missed is on its way, and brings the next decision.
public interface Cluster {

  /// Under this name the API server notes what the operator has written; it is the client's user
  /// agent too.
  String FIELD_MANAGER = "sidetrace-operator";

  /// Creates the ConfigMap; false where there is one already.
  boolean create(ConfigMap configMap);

  /// Makes its data exactly this; false where it is not what was seen any more.
  boolean rewrite(ConfigMap seen, Map<String, String> data);

  /// Deletes it; false where it is not what was seen any more.
  boolean delete(ConfigMap seen);

  /// Sets one annotation of a running pod; a pod that is gone needs none.
  void annotate(Pod pod, String key, String value);

  /// Creates the event; false where there is one of its name already.
  boolean tell(Event event);
}
