package io.sidetrace.operator.render;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.sidetrace.operator.resolve.SidecarSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The init container that leads the pod's connections to the sidecar. The only one with a right
/// beyond an application's own: to write the pod's network rules.
final class RedirectContainer {
  private static final String NAME = "sidetrace-redirect";

  private RedirectContainer() {}

  static Container render(SidecarSettings settings) {
    return new ContainerBuilder()
        .withName(NAME)
        .withImage(settings.image())
        .withImagePullPolicy(settings.pullPolicy())
        .withCommand("/opt/sidetrace/redirect")
        .withArgs(args(settings))
        .withResources(SidecarContainer.resources(settings.resources()))
        .withNewSecurityContext()
        .withRunAsUser(0L)
        .withRunAsGroup(0L)
        .withRunAsNonRoot(false)
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withNewCapabilities()
        .withDrop("ALL")
        .withAdd("NET_ADMIN")
        .endCapabilities()
        .endSecurityContext()
        .withTerminationMessagePolicy("FallbackToLogsOnError")
        .addNewVolumeMount()
        .withName(SidecarRenderer.RUN_VOLUME)
        .withMountPath(SidecarRenderer.RUN_DIRECTORY)
        .endVolumeMount()
        .build();
  }

  private static List<String> args(SidecarSettings settings) {
    var uid = Long.toString(SidecarContainer.UID);
    var args =
        new ArrayList<>(
            List.of(
                "--uid", uid, "--gid", uid, "--inbound-port", "15006", "--outbound-port", "15001"));
    var redirection = settings.redirection();
    add("--include-inbound-ports", redirection.includeInboundPorts(), args);
    add("--exclude-inbound-ports", redirection.excludeInboundPorts(), args);
    add("--exclude-outbound-ports", redirection.excludeOutboundPorts(), args);
    add("--exclude-outbound-cidrs", redirection.excludeOutboundCidrs(), args);
    args.addAll(List.of("--report", SidecarRenderer.INTERCEPTION_REPORT));
    return args;
  }

  private static void add(String flag, List<?> values, List<String> args) {
    if (!values.isEmpty()) {
      args.add(flag);
      args.add(values.stream().map(String::valueOf).collect(Collectors.joining(",")));
    }
  }
}
