package io.sidetrace.operator.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.sidetrace.operator.api.TracingConfig;
import io.sidetrace.operator.resolve.ConfigReference.Scope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class PrecedenceTest {
  private static final String ANY = "";
  private static final String WEB = "selector: {matchLabels: {app: web}}";
  private static final String OTHER = "selector: {matchLabels: {app: other}}";
  private static final String EXPRESSION =
      "selector: {matchExpressions: [{key: tier, operator: DoesNotExist},"
          + " {key: app, operator: In, values: [web, api]}]}";

  private static final TracingConfig CLUSTER_DEFAULT = config("sidetrace-system/default", 1, ANY);
  private static final TracingConfig CLUSTER_NAMED = config("sidetrace-system/named", 1, ANY);

  private final List<String> warnings = new ArrayList<>();

  static Stream<Arguments> choices() {
    return Stream.of(
        argumentSet("cluster's default", "", "cluster_default_", List.of(CLUSTER_DEFAULT)),
        argumentSet(
            "without selector beats cluster's default",
            "",
            "own_",
            List.of(CLUSTER_DEFAULT, config("shop/own", 9, ANY))),
        argumentSet(
            "selector beats none",
            "",
            "web_",
            List.of(config("shop/own", 1, ANY), config("shop/web", 9, WEB))),
        argumentSet(
            "selector with expressions",
            "",
            "web_",
            List.of(config("shop/own", 1, ANY), config("shop/web", 9, EXPRESSION))),
        argumentSet(
            "selector of other pods",
            "",
            "cluster_default_",
            List.of(CLUSTER_DEFAULT, config("shop/other", 1, OTHER))),
        argumentSet(
            "other namespace",
            "",
            "cluster_default_",
            List.of(CLUSTER_DEFAULT, config("bank/own", 1, ANY))),
        argumentSet(
            "annotation beats selector",
            "sidetrace.io/config: other",
            "other_",
            List.of(config("shop/web", 1, WEB), config("shop/other", 9, OTHER))),
        argumentSet(
            "annotation finds the operator's",
            "sidetrace.io/config: named",
            "cluster_named_",
            List.of(CLUSTER_NAMED, config("shop/own", 1, ANY))),
        argumentSet(
            "annotation prefers the own",
            "sidetrace.io/config: named",
            "named_",
            List.of(CLUSTER_NAMED, config("shop/named", 1, OTHER))),
        argumentSet(
            "older wins",
            "",
            "older_",
            List.of(config("shop/a", 2, WEB), config("shop/older", 1, WEB))),
        argumentSet(
            "name decides in the same second",
            "",
            "a_",
            List.of(config("shop/b", 1, ANY), config("shop/a", 1, ANY))));
  }

  @ParameterizedTest
  @MethodSource("choices")
  void config_isChosenByPrecedence(String annotation, String key, List<TracingConfig> configs) {
    var choice = choose(annotation, configs);

    assertThat(choice.reference().key("")).isEqualTo(key);
    assertThat(choice.config()).isNotNull();
    assertThat(warnings).isEmpty();
  }

  @Test
  void noConfigAtAll_awaitsTheClustersDefault() {
    var choice = choose("", List.of());

    assertThat(choice)
        .isEqualTo(
            new ConfigChoice(
                new ConfigReference("sidetrace-system", "default", Scope.CLUSTER), null));
    assertThat(warnings)
        .containsExactly(
            "TracingConfig sidetrace-system/default does not exist; the pod is not traced until it"
                + " does");
  }

  @Test
  void unknownName_isWarnedOfAndAwaitedBesideThePod() {
    var choice = choose("sidetrace.io/config: nope", List.of(CLUSTER_DEFAULT));

    assertThat(choice)
        .isEqualTo(new ConfigChoice(new ConfigReference("shop", "nope", Scope.NAMESPACE), null));
    assertThat(warnings)
        .containsExactly(
            "TracingConfig shop/nope does not exist; the pod is not traced until it does");
  }

  @Test
  void unreadableName_isWarnedOfAndPassedOver() {
    var choice = choose("sidetrace.io/config: Not_A_Name", List.of(CLUSTER_DEFAULT));

    assertThat(choice.reference().key("")).isEqualTo("cluster_default_");
    assertThat(warnings)
        .containsExactly(
            "sidetrace.io/config: \"Not_A_Name\" (expected: the name of a TracingConfig); the"
                + " namespace's configuration is used, else the cluster's");
  }

  @Test
  void invalidConfig_isWarnedOfAndAwaited() {
    var invalid = config("shop/own", 1, "sampling: {random: 300}");

    var choice = choose("", List.of(invalid));

    assertThat(choice.reference().key("")).isEqualTo("own_");
    assertThat(choice.config()).isNull();
    assertThat(warnings)
        .containsExactly(
            "TracingConfig shop/own is not valid: spec.sampling.random: 300.0 (expected: percent, 0"
                + " to 100 in steps of 0.01)");
  }

  @Test
  void younger_ofTwoEqualSelectors_hasAnOlderEqual() {
    var older = config("shop/older", 1, WEB);
    var younger = config("shop/a", 2, WEB);
    var other = config("shop/other", 3, OTHER);
    var precedence = precedence(younger, other, older);

    assertThat(precedence.olderEqual(younger)).isSameAs(older);
    assertThat(precedence.olderEqual(older)).isNull();
    assertThat(precedence.olderEqual(other)).isNull();
  }

  @Test
  void younger_ofTwoWithoutSelector_hasAnOlderEqualInItsNamespaceAlone() {
    var older = config("shop/older", 1, ANY);
    var younger = config("shop/younger", 2, ANY);
    var elsewhere = config("bank/younger", 2, ANY);
    var precedence = precedence(older, younger, elsewhere, CLUSTER_DEFAULT, CLUSTER_NAMED);

    assertThat(precedence.olderEqual(younger)).isSameAs(older);
    assertThat(precedence.olderEqual(elsewhere)).isNull();
    assertThat(precedence.olderEqual(CLUSTER_NAMED)).isNull();
  }

  private static Precedence precedence(TracingConfig... configs) {
    return new Precedence(Pods.OPERATOR_NAMESPACE, Arrays.asList(configs));
  }

  private ConfigChoice choose(String annotation, List<TracingConfig> configs) {
    var pod =
        Pods.read(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: web, labels: {app: web}, annotations: {%s}}
            spec: {containers: []}
            """
                .formatted(annotation));
    return new Precedence(Pods.OPERATOR_NAMESPACE, configs).choose(pod, warnings);
  }

  private static TracingConfig config(String path, int second, String selector) {
    var parts = path.split("/", 2);
    return new KubernetesSerialization()
        .unmarshal(
            """
            apiVersion: sidetrace.io/v1alpha1
            kind: TracingConfig
            metadata: {namespace: %s, name: %s, creationTimestamp: "2026-01-01T00:00:0%dZ"}
            spec:
              provider: {zipkin: {}}
              collector: {service: {name: zipkin, port: 9411}}
              %s
            """
                .formatted(parts[0], parts[1], second, selector),
            TracingConfig.class);
  }
}
