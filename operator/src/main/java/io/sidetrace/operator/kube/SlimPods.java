package io.sidetrace.operator.kube;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Keeps of every pod what decisions rest on: a tenth of it. The whole of a cluster's pods, with
/// their environments, mounts and probes, would be most of the controller's memory.
public final class SlimPods extends BasicItemStore<Pod> {

  public SlimPods() {
    super(Cache::metaNamespaceKeyFunc);
  }

  @Override
  public @Nullable Pod put(String key, Pod pod) {
    return super.put(key, slim(pod));
  }

  static Pod slim(Pod pod) {
    return new PodBuilder(pod)
        .editMetadata()
        .withManagedFields()
        .removeFromAnnotations("kubectl.kubernetes.io/last-applied-configuration")
        .endMetadata()
        .withSpec(pod.getSpec() == null ? null : slim(pod.getSpec()))
        .withStatus(pod.getStatus() == null ? null : slim(pod.getStatus()))
        .build();
  }

  private static PodSpec slim(PodSpec spec) {
    return new PodSpecBuilder()
        .withHostNetwork(spec.getHostNetwork())
        .withOs(spec.getOs())
        .withNodeSelector(spec.getNodeSelector())
        .withSecurityContext(spec.getSecurityContext())
        .withInitContainers(slim(spec.getInitContainers()))
        .withContainers(slim(spec.getContainers()))
        .withVolumes(spec.getVolumes().stream().map(SlimPods::slim).toList())
        .build();
  }

  private static List<Container> slim(List<Container> containers) {
    return containers.stream()
        .map(container ->
            new ContainerBuilder()
                .withName(container.getName())
                .withPorts(container.getPorts())
                .withSecurityContext(container.getSecurityContext())
                .build())
        .toList();
  }

  private static Volume slim(Volume volume) {
    return new VolumeBuilder().withName(volume.getName()).build();
  }

  private static PodStatus slim(PodStatus status) {
    return new PodStatusBuilder().withPhase(status.getPhase()).withPodIP(status.getPodIP()).build();
  }
}
