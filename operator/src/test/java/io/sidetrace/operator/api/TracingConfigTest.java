package io.sidetrace.operator.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TracingConfigTest {
  private final KubernetesSerialization serialization = new KubernetesSerialization();

  @Test
  void smallestConfig_takesItsDefaults() {
    var config =
        read(
            """
            apiVersion: sidetrace.io/v1alpha1
            kind: TracingConfig
            metadata: {name: default}
            spec:
              provider: {zipkin: {}}
              collector: {service: {name: zipkin, port: 9411}}
            """);

    assertThat(config.getSpec())
        .isEqualTo(
            new TracingConfigSpec(
                null,
                new Sampling(100, 100.0, 100.0, null, true, List.of()),
                new Provider(
                    new ZipkinProvider(
                        "/api/v2/spans",
                        ZipkinProvider.EndpointVersion.HTTP_JSON,
                        null,
                        true,
                        false,
                        ZipkinProvider.TraceContextOption.USE_B3,
                        false),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null),
                new Collector(
                    null,
                    "1s",
                    Collector.Type.STRICT_DNS,
                    Collector.LbPolicy.ROUND_ROBIN,
                    List.of(),
                    new ServiceReference("zipkin", null, 9411),
                    Collector.Compression.NONE,
                    null,
                    null),
                null,
                List.of(),
                256,
                false));
  }

  @Test
  void config_withoutSpecAndStatus_hasNone() {
    var config =
        read(
            """
            apiVersion: sidetrace.io/v1alpha1
            kind: TracingConfig
            metadata: {name: a}
            """);

    assertThat(config.getSpec()).isNull();
    assertThat(config.getStatus()).isNull();
  }

  @Test
  void config_writtenAndReadBack_isTheSame() {
    var config =
        read(
            """
            apiVersion: sidetrace.io/v1alpha1
            kind: TracingConfig
            metadata: {name: default}
            spec:
              selector: {matchLabels: {app: a}}
              sampling: {random: 12.5}
              provider: {zipkin: {sharedSpanContext: false}}
              collector: {name: c, type: STATIC, endpoints: [{address: 10.0.0.1, port: 9411}]}
              tags: [{name: t, literal: v}, {name: e, environment: {name: E}}]
              connectionSpans: true
            """);
    config.setStatus(
        new TracingConfigStatus(
            3L,
            List.of(new ConditionBuilder().withType("Accepted").withStatus("True").build()),
            new PodCounts(4, 3, 1, 1, 1, 1),
            List.of(new NamedPod("shop", "a", "Refused", "why")),
            List.of(new NamedPod("shop", "b", "HostNetwork", "why"))));

    var back = read(serialization.asYaml(config));

    assertThat(back.getSpec()).isEqualTo(config.getSpec());
    assertThat(back.getStatus()).isEqualTo(config.getStatus());
  }

  @Test
  void field_ofALaterVersion_doesNotStopReading() {
    var config =
        read(
            """
            apiVersion: sidetrace.io/v1alpha1
            kind: TracingConfig
            metadata: {name: default}
            spec: {provider: {zipkin: {}}, foresight: {of: [tomorrow]}}
            """);

    assertThat(config.getSpec().provider()).isNotNull();
  }

  private TracingConfig read(String yaml) {
    return serialization.unmarshal(yaml, TracingConfig.class);
  }
}
