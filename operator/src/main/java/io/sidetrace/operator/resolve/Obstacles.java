package io.sidetrace.operator.resolve;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.sidetrace.operator.api.Keys;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What stands against a sidecar in a pod that wants one.
final class Obstacles {
  private static final long SIDECAR_UID = 1337;
  private static final Set<Integer> SIDECAR_PORTS = Set.of(15000, 15001, 15006, 15020);
  private static final Set<String> SIDECAR_CONTAINERS = Set.of("sidetrace", "sidetrace-redirect");
  private static final Set<String> SIDECAR_VOLUMES = Set.of("sidetrace-config", "sidetrace-run");
  private static final String POD_SECURITY = "pod-security.kubernetes.io/enforce";

  private final AdmittedPod pod;
  private final PodSpec spec;

  private Obstacles(AdmittedPod pod) {
    this.pod = pod;
    this.spec = pod.spec();
  }

  /// Null where nothing does.
  static @Nullable SkipReason find(AdmittedPod pod, List<String> warnings) {
    var obstacles = new Obstacles(pod);
    var reason = obstacles.inSpec();
    return reason != null ? reason : obstacles.inInterception(warnings);
  }

  private @Nullable SkipReason inSpec() {
    if (Boolean.TRUE.equals(spec.getHostNetwork())) {
      return SkipReason.HOST_NETWORK;
    }
    if (isWindows()) {
      return SkipReason.WINDOWS;
    }
    if (hasNameClash()) {
      return SkipReason.NAME_CLASH;
    }
    if (hasUidClash()) {
      return SkipReason.UID_CLASH;
    }
    return hasPortClash() ? SkipReason.PORT_CLASH : null;
  }

  private boolean isWindows() {
    var selector = spec.getNodeSelector();
    return (spec.getOs() != null && "windows".equals(spec.getOs().getName()))
        || (selector != null && "windows".equals(selector.get("kubernetes.io/os")));
  }

  /// A container or volume of our name in a pod that we have not been at.
  private boolean hasNameClash() {
    return !pod.annotations().containsKey(Keys.STATUS)
        && (containers().anyMatch(container -> SIDECAR_CONTAINERS.contains(container.getName()))
            || spec.getVolumes().stream()
                .anyMatch(volume -> SIDECAR_VOLUMES.contains(volume.getName())));
  }

  private boolean hasUidClash() {
    var podContext = spec.getSecurityContext();
    var podUid = podContext == null ? null : podContext.getRunAsUser();
    return foreignContainers().anyMatch(container -> uid(container, podUid) == SIDECAR_UID);
  }

  /// The user a container runs as, as far as the pod says; its image is not looked at.
  private static long uid(Container container, @Nullable Long podUid) {
    var context = container.getSecurityContext();
    var own = context == null ? null : context.getRunAsUser();
    var uid = own != null ? own : podUid;
    return uid == null ? -1 : uid;
  }

  private boolean hasPortClash() {
    return foreignContainers()
        .flatMap(container -> container.getPorts().stream())
        .filter(port -> port.getProtocol() == null || "TCP".equals(port.getProtocol()))
        .map(ContainerPort::getContainerPort)
        .anyMatch(SIDECAR_PORTS::contains);
  }

  private Stream<Container> foreignContainers() {
    return containers().filter(container -> !SIDECAR_CONTAINERS.contains(container.getName()));
  }

  private Stream<Container> containers() {
    return Stream.concat(spec.getInitContainers().stream(), spec.getContainers().stream());
  }

  private @Nullable SkipReason inInterception(List<String> warnings) {
    var wanted = pod.annotations().get(Keys.INTERCEPTION);
    if ("none".equals(wanted)) {
      return SkipReason.INTERCEPTION_NONE;
    }
    if (wanted != null && !"redirect".equals(wanted)) {
      warnings.add(
          Warning.unreadable(
              Keys.INTERCEPTION, wanted, "redirect", "traffic is redirected, as is the default"));
    }
    var level = pod.namespaceLabels().get(POD_SECURITY);
    var forbidsRedirect = "baseline".equals(level) || "restricted".equals(level);
    return forbidsRedirect ? SkipReason.POD_SECURITY : null;
  }
}
