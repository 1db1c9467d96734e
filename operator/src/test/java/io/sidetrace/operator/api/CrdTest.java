package io.sidetrace.operator.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CrdTest {
  private static final String NAME = "tracingconfigs.sidetrace.io-v1.yml";

  /// What this build has made of the classes.
  private static final Path GENERATED = Path.of("target", "crds", NAME);

  private static final Path COMMITTED = Path.of("..", "crds", NAME);

  @Test
  void committedCrd_isWhatTheClassesGenerate() throws IOException {
    assertThat(COMMITTED)
        .as("crds/ is generated, take over a change with: cp operator/target/crds/*.yml crds/")
        .hasSameTextualContentAs(GENERATED);
  }

  @Test
  void crdOfTheChart_isTheCommittedOne() {
    assertThat(Path.of("..", "helm", "sidetrace", "files", NAME))
        .as("a chart holds no file from outside of it: cp crds/*.yml helm/sidetrace/files/")
        .hasSameTextualContentAs(COMMITTED);
  }

  @Test
  void everyFieldOfTheSpec_isDescribed() throws IOException {
    var crd = new KubernetesSerialization().unmarshal(Files.readString(COMMITTED), JsonNode.class);
    var spec = crd.at("/spec/versions/0/schema/openAPIV3Schema/properties/spec");

    var undescribed = new ArrayList<String>();
    collectUndescribed("spec", spec, undescribed);

    assertThat(spec.path("properties").size()).isGreaterThan(4);
    assertThat(undescribed).isEmpty();
  }

  private static void collectUndescribed(String path, JsonNode schema, List<String> undescribed) {
    schema
        .path("properties")
        .properties()
        .forEach(property -> {
          var field = path + "." + property.getKey();
          var isKubernetes = path.startsWith("spec.selector"); // described by Kubernetes
          if (!isKubernetes && !property.getValue().hasNonNull("description")) {
            undescribed.add(field);
          }
          collectUndescribed(field, property.getValue(), undescribed);
        });
    if (schema.has("items")) {
      collectUndescribed(path + "[]", schema.get("items"), undescribed);
    }
  }
}
