package io.sidetrace.operator.reconcile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.sidetrace.operator.api.Keys;
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

  private static final ObjectMapper JSON = new ObjectMapper();

  static InjectedPod of(Pod pod) {
    Map<String, String> annotations = pod.getMetadata().getAnnotations();
    if (annotations == null) {
      return new InjectedPod(pod, "", null, null);
    }
    JsonNode status = parse(annotations.get(Keys.STATUS));
    return new InjectedPod(
        pod,
        status.path("config").asText(),
        status.path("hash").textValue(),
        annotations.get(Keys.CONFIG_HASH));
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

  private static JsonNode parse(@Nullable String status) {
    try {
      return status == null ? MissingNode.getInstance() : JSON.readTree(status);
    } catch (JsonProcessingException e) {
      return MissingNode
          .getInstance(); // someone else's hand; the kubelet still refreshes by itself
    }
  }
}
