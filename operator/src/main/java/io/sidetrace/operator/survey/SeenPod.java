package io.sidetrace.operator.survey;

import io.fabric8.kubernetes.api.model.Pod;
import io.sidetrace.operator.api.Keys;
import io.sidetrace.operator.render.InjectionNote;
import io.sidetrace.operator.render.RenderedSidecar;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A pod in the cluster.
///
/// @param note null where it has no sidecar of ours
record SeenPod(Pod pod, @Nullable InjectionNote note) {

  static SeenPod of(Pod pod) {
    var annotations = pod.getMetadata().getAnnotations();
    var note =
        hasSidecar(pod) && annotations != null
            ? InjectionNote.parse(annotations.get(Keys.STATUS))
            : null;
    return new SeenPod(pod, note);
  }

  /// A label alone is easily copied from one pod to a template.
  private static boolean hasSidecar(Pod pod) {
    return "true".equals(labels(pod).get(Keys.INJECTED))
        && pod.getSpec() != null
        && pod.getSpec().getInitContainers().stream()
            .anyMatch(container -> RenderedSidecar.CONTAINER.equals(container.getName()));
  }

  private static Map<String, String> labels(Pod pod) {
    var labels = pod.getMetadata().getLabels();
    return labels == null ? Map.of() : labels;
  }

  /// One that is ending or has ended needs nothing any more.
  boolean isOver() {
    String phase = phase();
    return pod.getMetadata().getDeletionTimestamp() != null
        || phase.equals("Succeeded")
        || phase.equals("Failed");
  }

  private String phase() {
    return pod.getStatus() == null ? "" : String.valueOf(pod.getStatus().getPhase());
  }

  /// Where its sidecar can be asked; null where it cannot. A pod of ours is never on the host's
  /// network: one that says so would have the operator ask the node.
  @Nullable String address() {
    boolean isRunning = phase().equals("Running");
    boolean isHosts = Boolean.TRUE.equals(pod.getSpec().getHostNetwork());
    return note != null && isRunning && !isHosts ? pod.getStatus().getPodIP() : null;
  }

  boolean asksItself() {
    var annotations = pod.getMetadata().getAnnotations();
    return "true".equals(labels(pod).get(Keys.INJECT))
        || (annotations != null && "true".equals(annotations.get(Keys.INJECT)));
  }

  String name() {
    return pod.getMetadata().getName();
  }

  String namespace() {
    return pod.getMetadata().getNamespace();
  }

  String uid() {
    return Objects.requireNonNullElse(pod.getMetadata().getUid(), name());
  }

  /// Another one after each change of the pod.
  String version() {
    return String.valueOf(pod.getMetadata().getResourceVersion());
  }

  boolean isOlderThan(Instant moment) {
    String created = pod.getMetadata().getCreationTimestamp();
    return created != null && Instant.parse(created).isBefore(moment);
  }
}
