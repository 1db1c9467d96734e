package io.sidetrace.operator.fake;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.sidetrace.operator.api.TracingConfig;
import io.sidetrace.operator.inject.PodInjector;
import io.sidetrace.operator.render.SidecarRenderer;
import io.sidetrace.operator.resolve.AdmittedPod;
import io.sidetrace.operator.resolve.Defaults;
import io.sidetrace.operator.resolve.LogLevel;
import io.sidetrace.operator.resolve.Resolver;
import io.sidetrace.operator.resolve.Resources;
import io.sidetrace.operator.resolve.Verdict;
import java.util.List;
import java.util.Map;

/// Pods as they are after the webhook, without one.
public final class Injection {

  private static final KubernetesSerialization YAML = new KubernetesSerialization();
  private static final ObjectMapper JSON = new ObjectMapper();

  private Injection() {}

  public static Defaults defaults(String image) {
    return new Defaults(
        Samples.OPERATOR_NAMESPACE,
        "0.1.0",
        image,
        "IfNotPresent",
        LogLevel.INFO,
        Resources.DEFAULT);
  }

  /// A running pod that asks for a sidecar, without one.
  ///
  /// @param metadata further fields of it
  /// @param spec further fields of it
  public static Pod pod(String namespace, String name, String metadata, String spec) {
    return YAML.unmarshal(
        """
        apiVersion: v1
        kind: Pod
        metadata:
          name: %s
          namespace: %s
          uid: uid-%1$s
          resourceVersion: "1"
          creationTimestamp: "2026-01-01T00:00:00Z"
          annotations: {sidetrace.io/inject: "true"}
          %s
        spec:
          containers: [{name: app, image: app}]
          %s
        status: {phase: Running, podIP: 198.18.0.7}
        """
            .formatted(name, namespace, metadata, spec),
        Pod.class);
  }

  public static Pod pod(String namespace, String name) {
    return pod(namespace, name, "", "");
  }

  /// The pod with the sidecar that these rules give it.
  public static Pod inject(Pod pod, List<TracingConfig> configs, Defaults defaults) {
    var admitted = new AdmittedPod(pod, pod.getMetadata().getNamespace(), Map.of());
    return switch (new Resolver(defaults).resolve(admitted, configs)) {
      case Verdict.Inject inject ->
          YAML.convertValue(
              PodInjector.inject(JSON.<ObjectNode>valueToTree(pod), SidecarRenderer.render(inject)),
              Pod.class);
      case Verdict.Skip skip -> throw new AssertionError("skipped: " + skip.reason());
    };
  }
}
