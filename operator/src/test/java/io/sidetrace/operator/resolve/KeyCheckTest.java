package io.sidetrace.operator.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KeyCheckTest {
  @ParameterizedTest
  @CsvSource({
    "exclude-inbound-port, exclude-inbound-ports",
    "loglevel, log-level",
    "servicename, service-name",
    "exclude-outbound-cidr, exclude-outbound-cidrs",
    "injection, inject",
    "Config, config"
  })
  void unknownAnnotation_isAnsweredByTheNearest(String key, String nearest) {
    var warnings = new ArrayList<String>();

    KeyCheck.warnAboutUnknown(Pods.annotated("sidetrace.io/" + key + ": x"), warnings);

    assertThat(warnings)
        .containsExactly(
            "sidetrace.io/%s: no such annotation (expected: sidetrace.io/%s?); it is ignored"
                .formatted(key, nearest));
  }

  @Test
  void annotation_setAsLabel_isWarnedOf() {
    var warnings = new ArrayList<String>();
    var pod =
        Pods.read(
            """
            apiVersion: v1
            kind: Pod
            metadata: {labels: {sidetrace.io/config: a, sidetrace.io/injekt: b, sidetrace.io/loglevel: c}}
            """);

    KeyCheck.warnAboutUnknown(pod, warnings);

    assertThat(warnings)
        .containsExactly(
            "sidetrace.io/config: a label (expected: an annotation); it is ignored",
            "sidetrace.io/injekt: no such label (expected: sidetrace.io/inject?); it is ignored",
            "sidetrace.io/loglevel: no such label (expected: the annotation"
                + " sidetrace.io/log-level?); it is ignored");
  }

  @Test
  void keysOfOurs_onAnInjectedPod_areKnown() {
    var warnings = new ArrayList<String>();
    var pod =
        Pods.read(
            """
            apiVersion: v1
            kind: Pod
            metadata:
              labels: {sidetrace.io/injected: "true", sidetrace.io/inject: "true", app: a}
              annotations: {sidetrace.io/status: "{}", sidetrace.io/config-hash: a, other.io/x: b}
            """);

    KeyCheck.warnAboutUnknown(pod, warnings);

    assertThat(warnings).isEmpty();
  }

  @Test
  void keyOnAWorkloadItself_isToldWhereItBelongs() {
    var warnings =
        KeyCheck.misplaced("Deployment", meta("web", "sidetrace.io/inject"), new ObjectMeta());

    assertThat(warnings)
        .containsExactly(
            "sidetrace.io/inject: on the metadata of Deployment web itself (expected: in"
                + " spec.template.metadata); it is ignored");
  }

  @Test
  void keyOnBoth_isNotMisplaced() {
    var both = meta("web", "sidetrace.io/inject");

    assertThat(KeyCheck.misplaced("Deployment", both, both)).isEmpty();
    assertThat(KeyCheck.misplaced("Deployment", meta("web", "app"), null)).isEmpty();
  }

  private static ObjectMeta meta(String name, String key) {
    return new ObjectMetaBuilder().withName(name).withAnnotations(Map.of(key, "true")).build();
  }
}
