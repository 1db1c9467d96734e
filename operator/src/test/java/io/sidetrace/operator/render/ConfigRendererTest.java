package io.sidetrace.operator.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertAll;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.sidetrace.operator.GoldenFile;
import io.sidetrace.operator.api.TracingConfigSpec;
import io.sidetrace.operator.resolve.ConfigReference;
import io.sidetrace.operator.resolve.ConfigReference.Scope;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigRendererTest {
  private static final String SMALLEST =
      """
      provider: {zipkin: {}}
      collector: {service: {name: zipkin, port: 9411}}
      """;
  private static final String RICH =
      """
      sampling: {client: 50, random: 12.5, overall: 100}
      provider:
        zipkin:
          collectorEndpoint: /api/v1/spans
          collectorHostname: zipkin.example.com
          sharedSpanContext: false
          traceId128Bit: true
      collector:
        name: zipkin
        connectTimeout: 250ms
        type: STATIC
        endpoints: [{address: 10.0.0.1, port: 9411}, {address: "fd00::1", port: 9411}]
      tags:
        - {name: team, literal: blue}
        - {name: pod, environment: {name: POD_NAME}}
        - {name: plan, requestHeader: {name: x-plan, defaultValue: free}}
      maxPathTagLength: 64
      connectionSpans: true
      """;

  @Test
  void smallestSpec_rendersItsFiles() {
    assertGolden("smallest", render(SMALLEST));
  }

  @Test
  void richSpec_rendersItsFiles() {
    assertGolden("rich", render(RICH));
  }

  private static void assertGolden(String name, RenderedConfig config) {
    assertAll(
        () -> GoldenFile.assertEqual(name + "/bootstrap.json", config.bootstrap()),
        () -> GoldenFile.assertEqual(name + "/lds.json", config.listeners()),
        () -> GoldenFile.assertEqual(name + "/cds.json", config.clusters()));
  }

  @Test
  void sameSpec_rendersTheSameBytes() {
    assertThat(render(RICH)).isEqualTo(render(RICH));
  }

  @Test
  void hash_isTheVersionOfBothFiles_andTellsSpecsApart() throws IOException {
    var config = render(SMALLEST);

    assertThat(config.hash()).matches("[0-9a-f]{16}").isNotEqualTo(render(RICH).hash());
    assertThat(tree(config.listeners()).path("version_info").asText()).isEqualTo(config.hash());
    assertThat(tree(config.clusters()).path("version_info").asText()).isEqualTo(config.hash());
  }

  @Test
  void hash_changesWithTheCollectorAlone() {
    var other = SMALLEST.replace("9411", "9412");

    assertThat(render(other).hash()).isNotEqualTo(render(SMALLEST).hash());
  }

  @ParameterizedTest
  @CsvSource({
    "1s, 1s",
    "250ms, 0.25s",
    "1.5m, 90s",
    "0.001ms, 0.000001s",
    "10.50s, 10.5s",
    "100s, 100s"
  })
  void connectTimeout_isWrittenInSeconds(String given, String rendered) throws IOException {
    var spec = SMALLEST.replace("collector: {", "collector: {connectTimeout: " + given + ", ");

    assertThat(collector(spec).path("connect_timeout").asText()).isEqualTo(rendered);
  }

  @ParameterizedTest
  @CsvSource({"zipkin, zipkin.shop.svc", "'zipkin, namespace: tracing', zipkin.tracing.svc"})
  void service_isANameThatPodsResolve(String reference, String address) throws IOException {
    var spec = SMALLEST.replace("name: zipkin", "name: " + reference);

    assertThat(collector(spec).findPath("socket_address").path("address").asText())
        .isEqualTo(address);
  }

  @Test
  void connectionSpans_areAskedForOnTheTcpChainOfBothListeners() throws IOException {
    var without = tree(render(SMALLEST).listeners());
    var with = tree(render(SMALLEST + "connectionSpans: true\n").listeners());

    assertThat(without.findValues("metadata")).isEmpty();
    assertThat(with.findValues("metadata")).hasSize(2);
    for (var listener : with.path("resources")) {
      var metadata = listener.at("/default_filter_chain/metadata/filter_metadata");
      assertThat(metadata).isEqualTo(tree("{\"io.sidetrace\": {\"connection_spans\": true}}"));
    }
  }

  @Test
  void data_isKeyedByTheConfigAndItsScope() {
    var config = render(SMALLEST);

    assertThat(config.data(new ConfigReference("shop", "a.b", Scope.NAMESPACE)))
        .containsOnlyKeys("a.b_bootstrap.json", "a.b_lds.json", "a.b_cds.json")
        .containsEntry("a.b_lds.json", config.listeners());
    assertThat(config.data(new ConfigReference("system", "default", Scope.CLUSTER)))
        .containsOnlyKeys(
            "cluster_default_bootstrap.json",
            "cluster_default_lds.json",
            "cluster_default_cds.json");
  }

  @Test
  void specWithoutProvider_isABug() {
    var spec = "collector: {service: {name: zipkin, port: 9411}}";

    assertThatThrownBy(() -> render(spec))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected: one that is valid");
  }

  private static JsonNode collector(String spec) throws IOException {
    return tree(render(spec).clusters()).at("/resources/2");
  }

  private static JsonNode tree(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }

  private static RenderedConfig render(String yaml) {
    var spec = new KubernetesSerialization().unmarshal(yaml, TracingConfigSpec.class);
    return ConfigRenderer.render(spec, "shop");
  }
}
