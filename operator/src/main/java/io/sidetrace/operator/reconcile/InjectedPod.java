package io.sidetrace.operator.reconcile;

import io.fabric8.kubernetes.api.model.Pod;
import io.sidetrace.operator.api.Keys;
import io.sidetrace.operator.render.InjectionNote;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A pod with a sidecar, and what its annotations say of its configuration.
///
/// @param config `namespace/name`; empty when the status annotation cannot be read
/// @param hashAtInjection of the config when the webhook saw the pod
/// @param hashNudged of the config when the controller last nudged the pod
record InjectedPod(
    Pod pod, String config, @Nullable String hashAtInjection, @Nullable String hashNudged) {

  static InjectedPod of(Pod pod) {
    Map<String, String> annotations = pod.getMetadata().getAnnotations();
    if (annotations == null) {
      return new InjectedPod(pod, "", null, null);
    }
    var note = InjectionNote.parse(annotations.get(Keys.STATUS));
    return note == null
        ? new InjectedPod(pod, "", null, null) // the kubelet still refreshes by itself
        : new InjectedPod(pod, note.config(), note.hash(), annotations.get(Keys.CONFIG_HASH));
  }

  /// Whether its kubelet may hold an older form of its config than the ConfigMap, which was last
  /// written at the moment given.
  ///
  /// A pod that was never nudged mounted what the ConfigMap held when it started; that is the
  /// present form if the webhook knew this form and the ConfigMap has not been written since. Both
  /// moments are the API server's, to the second.
  boolean isBehind(String hash, Instant written) {
    if (hash.equals(hashNudged) || isEnding()) {
      return false;
    }
    return hashNudged != null
        || !hash.equals(hashAtInjection)
        || !Instant.parse(pod.getMetadata().getCreationTimestamp()).isAfter(written);
  }

  private boolean isEnding() {
    String phase = pod.getStatus() == null ? "" : String.valueOf(pod.getStatus().getPhase());
    return pod.getMetadata().getDeletionTimestamp() != null
        || phase.equals("Succeeded")
        || phase.equals("Failed");
  }
}
