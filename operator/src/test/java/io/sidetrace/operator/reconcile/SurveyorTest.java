package io.sidetrace.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.sidetrace.operator.api.NamedPod;
import io.sidetrace.operator.api.PodCounts;
import io.sidetrace.operator.api.TracingConfig;
import io.sidetrace.operator.api.TracingConfigStatus;
import io.sidetrace.operator.fake.ApiRequest;
import io.sidetrace.operator.fake.FakeApiServer;
import io.sidetrace.operator.fake.Injection;
import io.sidetrace.operator.fake.Samples;
import io.sidetrace.operator.kube.ApiServer;
import io.sidetrace.operator.render.ConfigRenderer;
import io.sidetrace.operator.resolve.Resolver;
import io.sidetrace.operator.sidecars.Rounds;
import io.sidetrace.operator.survey.Examiner;
import io.sidetrace.operator.survey.Reading;
import io.sidetrace.operator.survey.SidecarReport;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// From pods and what their sidecars say to the statuses of configs, against an API server.
final class SurveyorTest {

  private static final String OPERATORS = Samples.OPERATOR_NAMESPACE;
  private static final Instant INSTALLED = Instant.parse("2025-12-31T00:00:00Z");

  private final FakeApiServer kubernetes = new FakeApiServer();
  private final KubernetesClient client = kubernetes.operatorsClient();
  private final KubernetesClient users = kubernetes.usersClient();
  private final Operator operator =
      new Operator(
          overrider -> overrider.withKubernetesClient(client).withCloseClientOnStop(false));
  private final Fleets fleets = new Fleets();

  /// What the sidecar at an address answers.
  private final Map<String, Reading> sidecars = new ConcurrentHashMap<>();

  private final Surveyor surveyor =
      new Surveyor(
          client,
          new ApiServer(client),
          new Surveyor.Identity(OPERATORS, "controller-1"),
          new Surveyor.Work(
              new Examiner(new Resolver(Injection.defaults("sidecar:1"))),
              fleets,
              this::rounds,
              () -> new Installation(INSTALLED, Set.of("left-out")),
              InstantSource.fixed(Instant.parse("2026-01-01T00:01:00Z"))));

  @SuppressWarnings("NullAway.Init") // set before each test
  private Thread surveying;

  @BeforeEach
  void start() {
    Controllers.register(operator, new ApiServer(client), OPERATORS, fleets);
    users.resource(Samples.namespace(OPERATORS, "")).create();
    users.resource(Samples.namespace("shop", "")).create();
    operator.start();
    surveying = Thread.ofVirtual().start(this::survey);
  }

  private void survey() {
    try {
      surveyor.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Rounds rounds(Consumer<String> changed) {
    return Rounds.start(this::ask, changed);
  }

  private Reading ask(InetAddress pod) {
    return sidecars.getOrDefault(pod.getHostAddress(), new Reading.Silent("no answer"));
  }

  @AfterEach
  void stop() throws Exception {
    surveying.interrupt();
    surveying.join();
    operator.stop();
    users.close();
    client.close();
    kubernetes.close();
  }

  @Test
  void podsOfEachSort_areCountedAndNamed() throws Exception {
    TracingConfig own = users.resource(Samples.config("shop", "own")).create();
    String hash = hash(own);
    says("198.18.0.1", hash, "ok");
    says("198.18.0.2", "0ld", "ok");
    create(injected("current", "198.18.0.1", "sidecar:1"));
    create(injected("older", "198.18.0.2", "sidecar:1"));
    create(injected("restart", "198.18.0.3", "sidecar:0"));
    create(injected("silent", "198.18.0.4", "sidecar:1"));
    create(Injection.pod("shop", "bare"));

    awaitCounts("own", new PodCounts(5, 4, 1, 2, 1, 1));

    var status = status("own");
    assertThat(status.outdatedPods())
        .extracting(NamedPod::name, NamedPod::reason)
        .containsExactly(tuple("older", "NotApplied"), tuple("restart", "NeedsRestart"));
    assertThat(status.missingPods()).extracting(NamedPod::name).containsExactly("bare");
    assertThat(status.conditions())
        .filteredOn(condition -> condition.getType().equals("CollectorReachable"))
        .extracting(Condition::getStatus)
        .containsExactly("True");
    kubernetes.await("the events", () -> reasons().size() >= 3);
    assertThat(reasons()).contains("Outdated", "NotInjected", "Injected");
  }

  @Test
  void settledCluster_isNotWrittenAgain() throws Exception {
    String hash = hash(users.resource(Samples.config("shop", "own")).create());
    says("198.18.0.1", hash, "ok");
    create(injected("web", "198.18.0.1", "sidecar:1"));
    awaitCounts("own", new PodCounts(1, 1, 1, 0, 0, 0));
    kubernetes.await("the event", () -> !reasons().isEmpty());
    int writes = kubernetes.writes().size();

    // Something that every part looks at: once its own outcome is there, so is everybody's look.
    users
        .pods()
        .inNamespace("shop")
        .withName("web")
        .edit(pod ->
            new PodBuilder(pod)
                .editMetadata()
                .addToAnnotations("touched", "1")
                .endMetadata()
                .build());
    users
        .resource(
            Samples.config("shop", "marker", "selector: {matchLabels: {a: b}}\n  provider: {}"))
        .create();
    awaitCounts("marker", new PodCounts(0, 0, 0, 0, 0, 0));

    assertThat(kubernetes.writes().subList(writes, kubernetes.writes().size()))
        .extracting(ApiRequest::name)
        .containsOnly("marker");
  }

  @Test
  void edit_isOutdatedUntilTheSidecarHasIt() throws Exception {
    String before = hash(users.resource(Samples.config("shop", "own")).create());
    says("198.18.0.1", before, "ok");
    create(injected("web", "198.18.0.1", "sidecar:1"));
    awaitCounts("own", new PodCounts(1, 1, 1, 0, 0, 0));

    var edited = Samples.config("shop", "own", "provider: {zipkin: {traceId128Bit: true}}");
    users
        .resources(TracingConfig.class)
        .inNamespace("shop")
        .withName("own")
        .edit(config -> {
          config.setSpec(edited.getSpec());
          return config;
        });
    awaitCounts("own", new PodCounts(1, 1, 0, 1, 0, 0));
    says("198.18.0.1", hash(edited), "ok");

    awaitCounts("own", new PodCounts(1, 1, 1, 0, 0, 0));
    assertThat(status("own").observedGeneration()).isEqualTo(2);
  }

  @Test
  void clustersConfig_countsPodsOfAllNamespaces_andLosesThoseThatGo() throws Exception {
    String hash = hash(users.resource(Samples.config(OPERATORS, "default")).create());
    says("198.18.0.1", hash, "connect: refused");
    users.resource(Samples.namespace("bank", "")).create();
    create(injected("web", "198.18.0.1", "sidecar:1"));
    var other = create(Injection.pod("bank", "bare"));

    awaitCounts(OPERATORS, "default", new PodCounts(2, 1, 1, 0, 0, 1));
    assertThat(status(OPERATORS, "default").conditions())
        .filteredOn(condition -> condition.getType().equals("CollectorReachable"))
        .extracting(Condition::getMessage)
        .containsExactly("what sidecars sent last has not arrived: connect: refused");
    users.resource(other).delete();
    awaitCounts(OPERATORS, "default", new PodCounts(1, 1, 1, 0, 0, 0));
  }

  @Test
  void namespaceThatNoWebhookIsAskedAbout_isMissingNothing() throws Exception {
    users.resource(Samples.config(OPERATORS, "default")).create();
    create(Injection.pod("left-out", "bare"));
    create(Injection.pod("shop", "bare"));

    awaitCounts(OPERATORS, "default", new PodCounts(1, 0, 0, 0, 0, 1));
  }

  private void says(String address, String applied, String outcome) {
    sidecars.put(
        address,
        new Reading.Answered(
            new SidecarReport(applied, null, outcome, outcome + " of " + applied, null)));
  }

  private static String hash(TracingConfig config) {
    return ConfigRenderer.render(
            Objects.requireNonNull(config.getSpec()), config.getMetadata().getNamespace())
        .hash();
  }

  private Pod injected(String name, String address, String image) {
    var configs = users.resources(TracingConfig.class).inAnyNamespace().list().getItems();
    Pod pod = Injection.inject(Injection.pod("shop", name), configs, Injection.defaults(image));
    return new PodBuilder(pod).editStatus().withPodIP(address).endStatus().build();
  }

  private Pod create(Pod pod) {
    pod.getMetadata().setResourceVersion(null);
    return users.resource(pod).create();
  }

  private List<String> reasons() {
    return users.events().v1().events().inAnyNamespace().list().getItems().stream()
        .map(event -> event.getReason())
        .toList();
  }

  private void awaitCounts(String name, PodCounts counts) throws InterruptedException {
    awaitCounts("shop", name, counts);
  }

  private void awaitCounts(String namespace, String name, PodCounts counts)
      throws InterruptedException {
    kubernetes.await(
        counts + " of " + name + ", last " + pods(namespace, name),
        () -> counts.equals(pods(namespace, name)));
  }

  private @Nullable PodCounts pods(String namespace, String name) {
    var config = users.resources(TracingConfig.class).inNamespace(namespace).withName(name).get();
    return config.getStatus() == null ? null : config.getStatus().pods();
  }

  private TracingConfigStatus status(String name) {
    return status("shop", name);
  }

  private TracingConfigStatus status(String namespace, String name) {
    return Objects.requireNonNull(
        users
            .resources(TracingConfig.class)
            .inNamespace(namespace)
            .withName(name)
            .get()
            .getStatus());
  }
}
