package io.sidetrace.operator.render;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.List;

/// What a pod gets.
///
/// @param initContainers in their order: the redirect, then the sidecar itself
/// @param status the value of the status annotation
public record RenderedSidecar(List<Container> initContainers, List<Volume> volumes, String status) {
  /// Where the kubelet's questions are answered.
  public static final int STATUS_PORT = 15020;

  /// The path, before a port, that answers whether something listens on that port.
  public static final String TCP_PROBE_PATH = "/probe/tcp/";

  /// The sidecar's container; a pod that has one of this name and our note is injected.
  public static final String CONTAINER = "sidetrace";

  public RenderedSidecar {
    initContainers = List.copyOf(initContainers);
    volumes = List.copyOf(volumes);
  }

  /// What only a restart of the pod can change about it.
  public Fingerprint fingerprint() {
    return Fingerprint.of(initContainers, volumes);
  }
}
