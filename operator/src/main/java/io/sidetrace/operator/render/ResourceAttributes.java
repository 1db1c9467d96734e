package io.sidetrace.operator.render;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.sidetrace.operator.resolve.SidecarSettings;
import java.util.List;
import java.util.StringJoiner;

/// The variables that say which pod this is. OpenTelemetry's own one names it by the semantic
/// conventions; it is there with every provider, since a config can change while the pod runs.
final class ResourceAttributes {
  private ResourceAttributes() {}

  /// In an order in which each refers to earlier ones only: Kubernetes replaces `$(NAME)` by those.
  static List<EnvVar> variables(SidecarSettings settings) {
    return List.of(
        field("POD_NAME", "metadata.name"),
        field("POD_NAMESPACE", "metadata.namespace"),
        field("POD_UID", "metadata.uid"),
        field("NODE_NAME", "spec.nodeName"),
        new EnvVar("OTEL_RESOURCE_ATTRIBUTES", attributes(settings), null));
  }

  /// Nothing needs escaping: names of services have no comma and no equals sign, and the rest are
  /// names of Kubernetes objects. A pod's host name is its own.
  private static String attributes(SidecarSettings settings) {
    var container = settings.onlyContainer();
    var attributes = new StringJoiner(",");
    attributes.add("service.name=" + settings.serviceName());
    attributes.add("service.namespace=$(POD_NAMESPACE)");
    attributes.add(
        "service.instance.id=$(POD_NAMESPACE).$(POD_NAME)"
            + (container == null ? "" : "." + container));
    attributes.add("k8s.namespace.name=$(POD_NAMESPACE)");
    attributes.add("k8s.pod.name=$(POD_NAME)");
    attributes.add("k8s.pod.uid=$(POD_UID)");
    attributes.add("k8s.node.name=$(NODE_NAME)");
    if (container != null) {
      attributes.add("k8s.container.name=" + container);
    }
    attributes.add("host.name=$(POD_NAME)");
    return attributes.toString();
  }

  private static EnvVar field(String name, String path) {
    return new EnvVarBuilder()
        .withName(name)
        .withNewValueFrom()
        .withNewFieldRef()
        .withFieldPath(path)
        .endFieldRef()
        .endValueFrom()
        .build();
  }
}
