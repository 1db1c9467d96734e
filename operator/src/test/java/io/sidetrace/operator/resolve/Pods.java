package io.sidetrace.operator.resolve;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Map;

/// Pods for tests.
final class Pods {
  static final String OPERATOR_NAMESPACE = "sidetrace-system";
  static final Defaults DEFAULTS =
      new Defaults(
          OPERATOR_NAMESPACE,
          "0.1.0",
          "registry.example.com/sidetrace-sidecar:0.1.0",
          "IfNotPresent",
          LogLevel.INFO,
          Resources.DEFAULT);

  private Pods() {}

  /// A pod of the namespace `shop`.
  static AdmittedPod read(String yaml) {
    return read(yaml, Map.of());
  }

  static AdmittedPod read(String yaml, Map<String, String> namespaceLabels) {
    return new AdmittedPod(
        new KubernetesSerialization().unmarshal(yaml, Pod.class), "shop", namespaceLabels);
  }

  /// One with these annotations, which opts in.
  static AdmittedPod annotated(String annotations) {
    return read(
        """
        apiVersion: v1
        kind: Pod
        metadata:
          name: web
          labels: {sidetrace.io/inject: "true"}
          annotations: {%s}
        spec: {containers: [{name: web, image: web}]}
        """
            .formatted(annotations));
  }

  /// One with this spec, which opts in.
  static AdmittedPod withSpec(String spec) {
    return read(
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: web, labels: {sidetrace.io/inject: "true"}}
        spec: %s
        """
            .formatted(spec));
  }
}
