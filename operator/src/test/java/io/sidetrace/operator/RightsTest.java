package io.sidetrace.operator;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.sidetrace.operator.api.TracingConfig;
import io.sidetrace.operator.fake.ApiRequest;
import io.sidetrace.operator.fake.FakeApiServer;
import io.sidetrace.operator.fake.Injection;
import io.sidetrace.operator.fake.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The chart's roles give each process the rights that it uses, and no others: what is used is what
/// an API server was asked for while the process did everything that it does.
final class RightsTest {

  private static final Path ROLES = Path.of("..", "helm", "sidetrace", "templates", "rbac.yaml");
  private static final String NAMESPACE = Samples.OPERATOR_NAMESPACE;

  private final FakeApiServer kubernetes = new FakeApiServer();
  private final KubernetesClient users = kubernetes.usersClient();

  @AfterEach
  void close() {
    users.close();
    kubernetes.close();
  }

  @Test
  void webhook_hasTheRightsThatItUses() throws Exception {
    publishNothingYet();
    try (var process = WebhookProcess.start(settings(), kubernetes.operatorsClient())) {
      for (String resource :
          Set.of("secrets", "mutatingwebhookconfigurations", "namespaces", "tracingconfigs")) {
        awaitRequest("watch", resource);
      }
      assertThat(process.unready()).contains("no serving certificate yet");
    }

    assertThat(used()).isEqualTo(granted("webhook"));
  }

  @Test
  void controller_hasTheRightsThatItUses() throws Exception {
    publishNothingYet();
    users.resource(Samples.labelled("shop")).create();
    users.resource(Samples.config("shop", "own")).create();
    users.resource(Samples.injectedPod("shop", "web", "shop/own", "older")).create();
    users.resource(Injection.pod("shop", "bare")).create();
    try (var process = ControllerProcess.start(settings(), kubernetes.operatorsClient())) {
      awaitRequest("patch", "pods/status");
      awaitRequest("patch", "tracingconfigs/status");
      awaitRequest("create", "events");
      awaitRequest("patch", "validatingwebhookconfigurations");
      TracingConfig changed =
          Samples.config("shop", "own", "provider: {zipkin: {traceId128Bit: true}}");
      users
          .resources(TracingConfig.class)
          .inNamespace("shop")
          .withName("own")
          .edit(seen -> {
            seen.setSpec(changed.getSpec());
            return seen;
          });
      awaitRequest("patch", "configmaps");
      users.pods().inNamespace("shop").withName("web").delete();
      users.resource(changed).delete();
      awaitRequest("delete", "configmaps");
      breakTheCertificates();
      awaitRequest("update", "secrets");
      awaitRequest("patch", "leases");
      assertThat(process.metrics())
          .contains("sidetrace_controller_leading 1\n", "sidetrace_controller_events_total ");
      kubernetes.await("readiness", () -> process.unready().isEmpty());
    }

    Set<String> used = used();
    // The framework asks whether it may update the lease before it leads, and then patches it.
    used.add("update leases of coordination.k8s.io named NAME-controller");
    // What every account may ask about itself needs no role.
    used.remove("create selfsubjectrulesreviews of authorization.k8s.io");
    assertThat(used).isEqualTo(granted("controller"));
  }

  private void publishNothingYet() {
    users.resource(Samples.mutatingWebhooks("NAME")).create();
    users
        .resource(
            new ValidatingWebhookConfigurationBuilder()
                .withNewMetadata()
                .withName("NAME")
                .endMetadata()
                .addNewWebhook()
                .withName("workload.sidetrace.io")
                .withNewClientConfig()
                .endClientConfig()
                .endWebhook()
                .build())
        .create();
  }

  /// And takes the published bundle away, which brings the next pass at once.
  private void breakTheCertificates() throws InterruptedException {
    kubernetes.await("certificates", () -> secret() != null);
    users
        .secrets()
        .inNamespace(NAMESPACE)
        .withName("NAME-webhook-tls")
        .edit(secret -> {
          secret.setData(Map.of());
          return secret;
        });
    users
        .admissionRegistration()
        .v1()
        .validatingWebhookConfigurations()
        .withName("NAME")
        .edit(configuration -> {
          configuration.getWebhooks().getFirst().getClientConfig().setCaBundle("");
          return configuration;
        });
  }

  private Object secret() {
    return users.secrets().inNamespace(NAMESPACE).withName("NAME-webhook-tls").get();
  }

  private void awaitRequest(String verb, String resource) throws InterruptedException {
    kubernetes.await(
        verb + " " + resource,
        () -> kubernetes.requests().stream().anyMatch(request -> request.is(verb, resource)));
  }

  private static Settings settings() {
    var environment =
        Map.of(
            "OPERATOR_NAMESPACE", NAMESPACE,
            "SIDECAR_IMAGE", "sidecar",
            "WEBHOOK_SERVICE", "NAME-webhook",
            "WEBHOOK_SECRET", "NAME-webhook-tls",
            "WEBHOOK_CONFIGURATION", "NAME",
            "CONTROLLER_LEASE", "NAME-controller",
            "WEBHOOK_PORT", "0",
            "HEALTH_PORT", "0");
    return switch (Settings.read(environment)) {
      case Settings.Reading.Accepted(var settings) -> settings;
      case Settings.Reading.Refused refused -> throw new AssertionError(refused);
    };
  }

  private Set<String> used() {
    return kubernetes.requests().stream()
        .map(RightsTest::right)
        .collect(toCollection(TreeSet::new));
  }

  /// Names that the chart makes bind a right; names of other objects are any.
  private static String right(ApiRequest request) {
    boolean isOurs = request.name().startsWith("NAME") || request.name().equals("sidetrace");
    return right(request.verb(), request.group(), request.resource(), isOurs ? request.name() : "");
  }

  private static String right(String verb, String group, String resource, String name) {
    return verb
        + " "
        + resource
        + (group.isEmpty() ? "" : " of " + group)
        + (name.isEmpty() ? "" : " named " + name);
  }

  /// From the template as it stands, read without Helm: its one expression inside the rules is the
  /// release's name, and each rule is YAML by itself.
  private static Set<String> granted(String mode) throws IOException {
    Set<String> granted = new TreeSet<>();
    String text = Files.readString(ROLES).replace("{{ $name }}", "NAME");
    for (String document : text.split("\n---\n")) {
      if (document.contains("\nkind: Role\n") || document.contains("\nkind: ClusterRole\n")) {
        if (document.contains("\n  name: NAME-" + mode + "\n")) {
          collect(document.substring(document.indexOf("\nrules:")), granted);
        }
      }
    }
    return granted;
  }

  private static void collect(String rules, Set<String> granted) {
    JsonNode role = new KubernetesSerialization().unmarshal(rules, JsonNode.class);
    for (JsonNode rule : role.path("rules")) {
      for (JsonNode verb : rule.path("verbs")) {
        for (JsonNode resource : rule.path("resources")) {
          String group = rule.path("apiGroups").path(0).asText();
          String name = rule.path("resourceNames").path(0).asText();
          granted.add(right(verb.asText(), group, resource.asText(), name));
        }
      }
    }
  }
}
