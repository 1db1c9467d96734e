package io.sidetrace.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.sidetrace.operator.api.Keys;
import io.sidetrace.operator.api.TracingConfig;
import io.sidetrace.operator.fake.ApiRequest;
import io.sidetrace.operator.fake.FakeApiServer;
import io.sidetrace.operator.fake.Samples;
import io.sidetrace.operator.kube.ApiServer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The reconcilers in the framework, against an API server: what events lead to which writes.
final class ControllersTest {

  private static final String OPERATORS = Samples.OPERATOR_NAMESPACE;

  private final FakeApiServer kubernetes = new FakeApiServer();
  private final KubernetesClient client = kubernetes.operatorsClient();
  private final KubernetesClient users = kubernetes.usersClient();
  private final Operator operator =
      new Operator(
          overrider -> overrider.withKubernetesClient(client).withCloseClientOnStop(false));

  @BeforeEach
  void start() {
    Controllers.register(operator, new ApiServer(client), OPERATORS, new Fleets());
    users.resource(Samples.namespace(OPERATORS, "")).create();
    users.resource(Samples.labelled("shop")).create();
    operator.start();
  }

  @AfterEach
  void stop() {
    operator.stop();
    users.close();
    client.close();
    kubernetes.close();
  }

  @Test
  void clustersConfig_reachesEveryLabelledNamespaceAndSaysSo() throws Exception {
    users.resource(Samples.config(OPERATORS, "default")).create();

    kubernetes.await("the ConfigMap", () -> configMap("shop") != null);
    awaitCondition(OPERATORS, "default", "Programmed", "1 of 1 namespaces have it");
    users.resource(Samples.labelled("bank")).create();
    awaitCondition(OPERATORS, "default", "Programmed", "2 of 2 namespaces have it");
    assertThat(configMap(OPERATORS)).isNull();
  }

  @Test
  void settledCluster_isWrittenOnceEach() throws Exception {
    users.resource(Samples.config("shop", "own")).create();
    awaitCondition("shop", "own", "Programmed", "1 of 1 namespaces have it");

    // Something that every reconciler looks at and that changes nothing.
    touch("shop");
    users
        .resource(
            Samples.config("shop", "marker", "selector: {matchLabels: {a: b}}\n  provider: {}"))
        .create();
    awaitCondition("shop", "marker", "Accepted", "spec.provider: none");

    assertThat(kubernetes.writes())
        .filteredOn(request -> request.resource().equals("configmaps"))
        .containsExactly(new ApiRequest("create", "", "configmaps", "shop", ""));
    assertThat(statusWrites("own")).hasSizeLessThanOrEqualTo(2); // before and after the ConfigMap
  }

  @Test
  void changedConfig_isRewrittenAndItsPodsNudgedOnce() throws Exception {
    users.resource(Samples.config("shop", "own")).create();
    kubernetes.await("the ConfigMap", () -> configMap("shop") != null);
    String before = data("shop").get("own_cds.json");
    users.resource(Samples.injectedPod("shop", "web", "shop/own", "older")).create();
    kubernetes.await("the first nudge", () -> nudgedWith("web") != null);

    edit("shop", "own", "provider: {zipkin: {traceId128Bit: true}}");

    String first = nudgedWith("web");
    kubernetes.await("another nudge", () -> !String.valueOf(nudgedWith("web")).equals(first));
    assertThat(data("shop").get("own_cds.json")).isNotEqualTo(before);
    assertThat(data("shop").get("own_cds.json")).contains(String.valueOf(nudgedWith("web")));
    assertThat(kubernetes.writes())
        .filteredOn(request -> request.is("patch", "configmaps"))
        .hasSize(1);
  }

  @Test
  void podThatCannotBeNudged_doesNotKeepTheOthersFromIt() throws Exception {
    users.resource(Samples.config("shop", "own")).create();
    kubernetes.await("the ConfigMap", () -> configMap("shop") != null);
    try (var _ =
        kubernetes.refuse(
            request -> request.resource().equals("pods/status") && request.name().equals("a"),
            403)) {
      users.resource(Samples.injectedPod("shop", "a", "shop/own", "older")).create();
      users.resource(Samples.injectedPod("shop", "b", "shop/own", "older")).create();
      kubernetes.await("the nudge of b", () -> nudgedWith("b") != null);
      assertThat(nudgedWith("a")).isNull();
    }
    kubernetes.await("the nudge of a, tried again", () -> nudgedWith("a") != null);
  }

  @Test
  void removedLabel_keepsTheConfigMapUntilTheLastInjectedPodIsGone() throws Exception {
    users.resource(Samples.config(OPERATORS, "default")).create();
    kubernetes.await("the ConfigMap", () -> configMap("shop") != null);
    var pod =
        users
            .resource(Samples.injectedPod("shop", "web", OPERATORS + "/default", "older"))
            .create();
    kubernetes.await("the nudge", () -> nudgedWith("web") != null);

    users.namespaces().withName("shop").edit(ControllersTest::unlabelled);
    users.resource(Samples.labelled("later")).create();
    kubernetes.await("what came later", () -> configMap("later") != null);
    assertThat(configMap("shop")).isNotNull();

    users.resource(pod).delete();
    kubernetes.await("the removal", () -> configMap("shop") == null);
  }

  @Test
  void deletedConfig_takesTheConfigMapWithItWhereNothingElseIsInIt() throws Exception {
    var config = users.resource(Samples.config("shop", "own")).create();
    kubernetes.await("the ConfigMap", () -> configMap("shop") != null);

    users.resource(config).delete();

    kubernetes.await("the removal", () -> configMap("shop") == null);
  }

  @Test
  void deletedConfigMap_isMadeAgain() throws Exception {
    users.resource(Samples.config("shop", "own")).create();
    kubernetes.await("the ConfigMap", () -> configMap("shop") != null);

    users.configMaps().inNamespace("shop").withName("sidetrace").delete();

    kubernetes.await("another", () -> configMap("shop") != null);
  }

  @Test
  void refusedWrite_isTriedAgain() throws Exception {
    try (var _ = kubernetes.refuse(request -> request.is("create", "configmaps"), 500)) {
      users.resource(Samples.config("shop", "own")).create();
      awaitCondition("shop", "own", "Programmed", "0 of 1 namespaces have it");
    }

    awaitCondition("shop", "own", "Programmed", "1 of 1 namespaces have it");
  }

  @Test
  void configMapOfSomeoneElse_staysAndTheConfigIsPending() throws Exception {
    users.resource(Samples.configMap("shop", Map.of())).create();

    users.resource(Samples.config("shop", "own")).create();

    awaitCondition("shop", "own", "Programmed", "0 of 1 namespaces have it");
    assertThat(data("shop")).isEqualTo(Map.of("a", "1"));
  }

  @Test
  void youngerOfTwoEquals_isInConflictUntilTheOlderGoes() throws Exception {
    var older = users.resource(Samples.config("shop", "a-older")).create();
    users.resource(Samples.config("shop", "younger")).create();
    awaitCondition("shop", "younger", "Accepted", "shop/a-older");

    users.resource(older).delete();

    awaitCondition("shop", "younger", "Accepted", "the spec is valid");
  }

  @Test
  void youngerOfTwoEquals_isAcceptedOnceTheOlderSelectsOthers() throws Exception {
    users.resource(Samples.config("shop", "a-older")).create();
    users.resource(Samples.config("shop", "younger")).create();
    awaitCondition("shop", "younger", "Accepted", "shop/a-older");

    edit("shop", "a-older", "selector: {matchLabels: {app: web}}\n  provider: {zipkin: {}}");

    awaitCondition("shop", "younger", "Accepted", "the spec is valid");
  }

  @Test
  void invalidConfig_saysWhyAndObservesItsGeneration() throws Exception {
    users.resource(Samples.config("shop", "own")).create();
    awaitCondition("shop", "own", "Accepted", "the spec is valid");

    edit("shop", "own", "provider: {}");

    awaitCondition("shop", "own", "Accepted", "spec.provider: none");
    awaitCondition("shop", "own", "Programmed", "the last valid form");
    TracingConfig own = config("shop", "own");
    assertThat(own.getStatus().observedGeneration()).isEqualTo(2);
    assertThat(data("shop")).containsKey("own_lds.json");
  }

  /// As a patch of the spec: the controller may write the status at the same time.
  private void edit(String namespace, String name, String spec) {
    users
        .resources(TracingConfig.class)
        .inNamespace(namespace)
        .withName(name)
        .edit(config -> {
          config.setSpec(Samples.config(namespace, name, spec).getSpec());
          return config;
        });
  }

  private void touch(String namespace) {
    users
        .namespaces()
        .withName(namespace)
        .edit(seen ->
            new NamespaceBuilder(seen).editMetadata().addToLabels("x", "y").endMetadata().build());
  }

  private static io.fabric8.kubernetes.api.model.Namespace unlabelled(
      io.fabric8.kubernetes.api.model.Namespace seen) {
    return new NamespaceBuilder(seen)
        .editMetadata()
        .removeFromLabels(Keys.INJECTION)
        .endMetadata()
        .build();
  }

  private void awaitCondition(String namespace, String name, String type, String message)
      throws InterruptedException {
    kubernetes.await(
        "%s of %s/%s saying: %s".formatted(type, namespace, name, message),
        () ->
            conditions(config(namespace, name)).stream()
                .anyMatch(condition ->
                    condition.getType().equals(type) && condition.getMessage().contains(message)));
  }

  private static List<Condition> conditions(TracingConfig config) {
    return config.getStatus() == null ? List.of() : config.getStatus().conditions();
  }

  private List<ApiRequest> statusWrites(String name) {
    return kubernetes.writes().stream()
        .filter(request -> request.resource().equals("tracingconfigs/status"))
        .filter(request -> request.name().equals(name))
        .toList();
  }

  private TracingConfig config(String namespace, String name) {
    return users.resources(TracingConfig.class).inNamespace(namespace).withName(name).get();
  }

  private @Nullable ConfigMap configMap(String namespace) {
    return users.configMaps().inNamespace(namespace).withName("sidetrace").get();
  }

  private Map<String, String> data(String namespace) {
    return SidecarConfigMap.data(configMap(namespace));
  }

  private @Nullable String nudgedWith(String pod) {
    return users
        .pods()
        .inNamespace("shop")
        .withName(pod)
        .get()
        .getMetadata()
        .getAnnotations()
        .get(Keys.CONFIG_HASH);
  }
}
