package io.sidetrace.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// The chart's values, their schema and the CRD say the same.
final class ChartTest {

  private static final Path CHART = Path.of("..", "helm", "sidetrace");

  @Test
  void everyValue_standsInTheSchemaAndTheOtherWayRound() throws IOException {
    JsonNode schema = read("values.schema.json");
    Set<String> allowed = new TreeSet<>();
    collectAllowed("", schema, schema, allowed);
    allowed.removeIf(path -> path.startsWith("/global")); // Helm's own
    allowed.removeIf(path -> path.startsWith("/defaultConfig/spec/")); // the CRD's
    allowed.removeIf(path -> path.contains("/resources/")); // Kubernetes'
    Set<String> given = new TreeSet<>();
    collectGiven("", read("values.yaml"), given);
    given.removeIf(path -> path.contains("/resources/"));

    assertThat(given).isEqualTo(allowed);
  }

  @Test
  void defaultConfig_takesTheFieldsOfATracingConfig() throws IOException {
    JsonNode crd = read("files/tracingconfigs.sidetrace.io-v1.yml");
    JsonNode spec = crd.at("/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties");
    JsonNode schema = read("values.schema.json");

    assertThat(names(schema.at("/properties/defaultConfig/properties/spec/properties")))
        .isEqualTo(names(spec));
  }

  private static JsonNode read(String file) throws IOException {
    String text = Files.readString(CHART.resolve(file));
    return new KubernetesSerialization().unmarshal(text, JsonNode.class);
  }

  private static void collectAllowed(
      String path, JsonNode schema, JsonNode root, Set<String> paths) {
    JsonNode resolved =
        schema.has("$ref") ? root.at(schema.path("$ref").asText().substring(1)) : schema;
    resolved
        .path("properties")
        .properties()
        .forEach(property -> {
          paths.add(path + "/" + property.getKey());
          collectAllowed(path + "/" + property.getKey(), property.getValue(), root, paths);
        });
  }

  private static void collectGiven(String path, JsonNode values, Set<String> paths) {
    values
        .properties()
        .forEach(value -> {
          paths.add(path + "/" + value.getKey());
          collectGiven(path + "/" + value.getKey(), value.getValue(), paths);
        });
  }

  private static Set<String> names(JsonNode properties) {
    Set<String> names = new TreeSet<>();
    properties.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
