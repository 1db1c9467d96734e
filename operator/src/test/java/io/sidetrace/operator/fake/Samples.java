package io.sidetrace.operator.fake;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.sidetrace.operator.api.TracingConfig;
import java.util.Map;

/// Objects as users write them.
public final class Samples {

  public static final String OPERATOR_NAMESPACE = "sidetrace-system";

  private static final KubernetesSerialization YAML = new KubernetesSerialization();

  private Samples() {}

  /// @param labels such as `sidetrace.io/injection: enabled`
  public static Namespace namespace(String name, String labels) {
    return YAML.unmarshal(
        """
        apiVersion: v1
        kind: Namespace
        metadata: {name: %s, labels: {%s}}
        """
            .formatted(name, labels),
        Namespace.class);
  }

  public static Namespace labelled(String name) {
    return namespace(name, "sidetrace.io/injection: enabled");
  }

  /// As the chart makes it: nothing is published in it yet.
  public static MutatingWebhookConfiguration mutatingWebhooks(String name) {
    return YAML.unmarshal(
        """
        apiVersion: admissionregistration.k8s.io/v1
        kind: MutatingWebhookConfiguration
        metadata: {name: %s}
        webhooks: [{name: pod.sidetrace.io, clientConfig: {}}]
        """
            .formatted(name),
        MutatingWebhookConfiguration.class);
  }

  /// One that can be served.
  public static TracingConfig config(String namespace, String name) {
    return config(namespace, name, "provider: {zipkin: {}}");
  }

  /// @param spec fields besides the collector
  public static TracingConfig config(String namespace, String name, String spec) {
    return YAML.unmarshal(
        """
        apiVersion: sidetrace.io/v1alpha1
        kind: TracingConfig
        metadata: {name: %s, namespace: %s, generation: 1, creationTimestamp: "2026-01-01T00:00:00Z"}
        spec:
          collector: {service: {name: zipkin, namespace: observability, port: 9411}}
          %s
        """
            .formatted(name, namespace, spec),
        TracingConfig.class);
  }

  /// What the webhook has left of a pod: of its config `namespace/name` and that one's hash.
  public static Pod injectedPod(String namespace, String name, String config, String hash) {
    return YAML.unmarshal(
        """
        apiVersion: v1
        kind: Pod
        metadata:
          name: %s
          namespace: %s
          creationTimestamp: "2026-01-01T00:00:00Z"
          labels: {sidetrace.io/injected: "true"}
          annotations:
            sidetrace.io/status: '{"config":"%s","hash":"%s"}'
        spec: {containers: [{name: app, image: app}]}
        """
            .formatted(name, namespace, config, hash),
        Pod.class);
  }

  public static ConfigMap configMap(String namespace, Map<String, String> labels) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName("sidetrace")
        .withNamespace(namespace)
        .withLabels(labels)
        .endMetadata()
        .withData(Map.of("a", "1"))
        .build();
  }
}
