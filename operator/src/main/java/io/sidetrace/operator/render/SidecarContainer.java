package io.sidetrace.operator.render;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Lifecycle;
import io.fabric8.kubernetes.api.model.LifecycleBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.sidetrace.operator.resolve.Resources;
import io.sidetrace.operator.resolve.SidecarSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The sidecar as a native sidecar: an init container that stays. It starts before the application
/// and ends after it, also in Jobs.
final class SidecarContainer {
  /// The user whose own traffic the redirect lets pass.
  static final long UID = 1337;

  private static final String NAME = RenderedSidecar.CONTAINER;

  /// At one probe a second: two minutes, for a node that is busy starting everything at once.
  private static final int STARTUP_FAILURES = 120;

  private SidecarContainer() {}

  static Container render(SidecarSettings settings) {
    return new ContainerBuilder()
        .withName(NAME)
        .withImage(settings.image())
        .withImagePullPolicy(settings.pullPolicy())
        .withRestartPolicy("Always")
        .withCommand("/opt/sidetrace/sidetrace")
        .withArgs(args(settings))
        .withEnv(ResourceAttributes.variables(settings))
        .addNewPort()
        .withName(NAME)
        .withContainerPort(RenderedSidecar.STATUS_PORT)
        .withProtocol("TCP")
        .endPort()
        .withResources(resources(settings.resources()))
        .withSecurityContext(securityContext())
        .withStartupProbe(startupProbe())
        .withLifecycle(lifecycle())
        .withTerminationMessagePolicy("FallbackToLogsOnError")
        .withVolumeMounts(
            mount(SidecarRenderer.CONFIG_VOLUME, RenderedConfig.DIRECTORY, true),
            mount(SidecarRenderer.RUN_VOLUME, SidecarRenderer.RUN_DIRECTORY, null))
        .build();
  }

  private static List<String> args(SidecarSettings settings) {
    return List.of(
        "-c",
        RenderedConfig.DIRECTORY + "/" + RenderedConfig.BOOTSTRAP_FILE,
        "--await-config",
        "--service-node",
        "$(POD_NAME).$(POD_NAMESPACE)",
        "--service-cluster",
        settings.serviceName(),
        "--status-port",
        Integer.toString(RenderedSidecar.STATUS_PORT),
        "-l",
        settings.logLevel().format(),
        "--interception-report",
        SidecarRenderer.INTERCEPTION_REPORT);
  }

  static ResourceRequirements resources(Resources resources) {
    return new ResourceRequirementsBuilder()
        .addToRequests("cpu", Quantity.parse(resources.cpuRequest()))
        .addToRequests("memory", Quantity.parse(resources.memoryRequest()))
        .addToLimits("memory", Quantity.parse(resources.memoryLimit()))
        .build();
  }

  private static SecurityContext securityContext() {
    return new SecurityContextBuilder()
        .withRunAsUser(UID)
        .withRunAsGroup(UID)
        .withRunAsNonRoot(true)
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities()
        .build();
  }

  private static Probe startupProbe() {
    return new ProbeBuilder()
        .withNewHttpGet()
        .withPath("/ready")
        .withPort(new IntOrString(RenderedSidecar.STATUS_PORT))
        .endHttpGet()
        .withPeriodSeconds(1)
        .withFailureThreshold(STARTUP_FAILURES)
        .build();
  }

  /// A native sidecar gets its SIGTERM only after the application has ended; this tells it when
  /// that begins.
  private static Lifecycle lifecycle() {
    return new LifecycleBuilder()
        .withNewPreStop()
        .withNewHttpGet()
        .withPath("/drain")
        .withPort(new IntOrString(RenderedSidecar.STATUS_PORT))
        .endHttpGet()
        .endPreStop()
        .build();
  }

  private static VolumeMount mount(String volume, String path, @Nullable Boolean readOnly) {
    return new VolumeMountBuilder()
        .withName(volume)
        .withMountPath(path)
        .withReadOnly(readOnly)
        .build();
  }
}
