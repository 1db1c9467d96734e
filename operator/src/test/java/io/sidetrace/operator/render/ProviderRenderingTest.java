package io.sidetrace.operator.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.sidetrace.operator.GoldenFile;
import io.sidetrace.operator.SpecFiles;
import io.sidetrace.operator.api.TracingConfigSpec;
import io.sidetrace.operator.validate.Validation.Valid;
import io.sidetrace.operator.validate.Validator;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What providers, propagation, sampling and the collector's Secrets change in the files: the parts
/// that are the same in all of them stand in the golden files of [ConfigRendererTest].
final class ProviderRenderingTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Stream<String> names() {
    return SpecFiles.names().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void spec_rendersItsParts(String name) throws IOException {
    var config = render(name);
    var listeners = JSON.readTree(config.listeners()).path("resources");

    var inbound = parts(listeners.path(0), config);
    assertThat(normalized(parts(listeners.path(1), config))).isEqualTo(normalized(inbound));
    GoldenFile.assertEqual("specs/" + name + ".json", Json.write(inbound));
    assertThat(render(name)).isEqualTo(config);
  }

  @Test
  void specs_giveEveryProvider() {
    var given = new HashSet<String>();
    SpecFiles.names().forEach(name -> given.addAll(spec(name).provider().given()));

    assertThat(given)
        .isEqualTo(
            Set.of(
                "zipkin", "jaeger", "opentelemetry", "datadog", "skywalking", "xray", "lightstep"));
  }

  /// Where a Secret's text could have got into: nothing of it is known to the renderer, and its
  /// name has no business there either.
  @ParameterizedTest
  @MethodSource("names")
  void secrets_areNamedByFilesAlone(String name) {
    var config = render(name);

    assertThat(config.listeners() + config.clusters())
        .doesNotContain("collector-token", "oap-token", "collector-ca", "collector-client");
  }

  private static JsonNode normalized(JsonNode parts) {
    var copy = (ObjectNode) parts.deepCopy();
    for (var route : copy.path("routes")) {
      ((ObjectNode) route.path("route")).put("cluster", "");
    }
    return copy;
  }

  private static ObjectNode parts(JsonNode listener, RenderedConfig config) throws IOException {
    var chain = listener.path("filter_chains").path(0);
    var manager = chain.at("/filters/0/typed_config");
    var parts = JSON.createObjectNode();
    if (chain.has("metadata")) {
      parts.set("metadata", chain.path("metadata"));
    }
    var routes = manager.at("/route_config/virtual_hosts/0/routes");
    var rules = parts.putArray("routes");
    for (var i = 1; i < routes.size() - 1; i++) {
      rules.add(routes.get(i).deepCopy());
    }
    if (rules.isEmpty()) {
      parts.remove("routes");
    }
    parts.set("tracing", manager.path("tracing"));
    parts.set("cluster", JSON.readTree(config.clusters()).at("/resources/2"));
    return parts;
  }

  private static RenderedConfig render(String name) {
    var spec = spec(name);
    assertThat(Validator.validate(spec)).isInstanceOf(Valid.class);
    return ConfigRenderer.render(spec, "shop");
  }

  private static TracingConfigSpec spec(String name) {
    return new KubernetesSerialization().unmarshal(SpecFiles.read(name), TracingConfigSpec.class);
  }
}
