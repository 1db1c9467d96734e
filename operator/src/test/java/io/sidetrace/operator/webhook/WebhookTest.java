package io.sidetrace.operator.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sidetrace.operator.api.TracingConfig;
import io.sidetrace.operator.fake.Samples;
import io.sidetrace.operator.resolve.Defaults;
import io.sidetrace.operator.resolve.LogLevel;
import io.sidetrace.operator.resolve.Resolver;
import io.sidetrace.operator.resolve.Resources;
import io.sidetrace.operator.tls.ServingCertificate;
import io.sidetrace.operator.tls.TestAuthority;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// All paths of the webhook over HTTPS, from the review to the answer.
final class WebhookTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Defaults DEFAULTS =
      new Defaults(
          Samples.OPERATOR_NAMESPACE,
          "0.1.0",
          "sidecar",
          "IfNotPresent",
          LogLevel.INFO,
          Resources.DEFAULT);

  private static final Map<String, Map<String, String>> NAMESPACES =
      Map.of(
          "shop",
          Map.of("sidetrace.io/injection", "enabled"),
          "guarded",
          Map.of("pod-security.kubernetes.io/enforce", "restricted"));

  private final TestAuthority authority = new TestAuthority();
  private final List<TracingConfig> configs = List.of(Samples.config("shop", "own"));
  private final Webhook webhook =
      new Webhook(
          new Resolver(DEFAULTS),
          namespace -> NAMESPACES.getOrDefault(namespace, Map.of()),
          namespace -> configs);

  @SuppressWarnings("NullAway.Init") // set before each test
  private WebhookServer server;

  @BeforeEach
  void start() throws Exception {
    var certificate = new ServingCertificate();
    certificate.secretChanged(authority.secret());
    server =
        webhook.serve(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            certificate.sslContext(),
            Duration.ofSeconds(1));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void podOfALabelledNamespace_isInjected() throws Exception {
    JsonNode response = ask("/mutate/pod", "shop", "Pod", pod("{}"));

    assertThat(response.path("patchType").asText()).isEqualTo("JSONPatch");
    assertThat(response.path("warnings")).isEmpty();
    assertThat(webhook.metrics())
        .contains("reviews_total{path=\"/mutate/pod\",result=\"patched\"} 1\n");
  }

  @Test
  void podThatAsksForNothing_isCountedByWhyItStaysAsItIs() throws Exception {
    JsonNode response = ask("/mutate/pod", "unlabelled", "Pod", pod("{}"));

    assertThat(response.has("patch")).isFalse();
    assertThat(response.path("allowed").asBoolean()).isTrue();
    assertThat(webhook.metrics())
        .contains("skipped_total{reason=\"not_opted_in\"} 1\n")
        .contains("result=\"unchanged\"} 1\n");
  }

  @Test
  void namespaceThatIsNotKnownYet_isTakenAsLabelledWhereTheApiServerHasSeenTheLabel()
      throws Exception {
    assertThat(ask("/mutate/namespace", "brand-new", "Pod", pod("{}")).has("patch")).isTrue();
  }

  @Test
  void podThatCannotHaveASidecar_isWarnedOfAndCounted() throws Exception {
    JsonNode response =
        ask("/mutate/pod", "guarded", "Pod", pod("{\"sidetrace.io/inject\":\"true\"}"));

    assertThat(response.path("warnings").path(0).asText())
        .startsWith("no tracing sidecar for this pod: the namespace's Pod Security level");
    assertThat(webhook.metrics())
        .contains("skipped_total{reason=\"pod_security\"} 1\n", "result=\"warned\"} 1\n");
  }

  @Test
  void podThatCannotBeRead_isAdmittedUnchangedAndCounted() throws Exception {
    JsonNode response = ask("/mutate/pod", "shop", "Pod", "{\"spec\":{\"containers\":\"none\"}}");

    assertThat(response.path("allowed").asBoolean()).isTrue();
    assertThat(response.has("patch")).isFalse();
    assertThat(response.path("warnings").path(0).asText()).contains("admitted unchanged");
    assertThat(webhook.metrics()).contains("result=\"failed\"} 1\n");
  }

  @Test
  void workload_isAdvisedAndNeverChanged() throws Exception {
    JsonNode response =
        ask(
            "/warn",
            "shop",
            "Deployment",
            "{\"metadata\":{\"name\":\"web\",\"labels\":{\"sidetrace.io/inject\":\"true\"}}}");

    assertThat(response.path("warnings").path(0).asText()).contains("spec.template.metadata");
    assertThat(response.has("patch")).isFalse();
  }

  private static String pod(String annotations) {
    return """
    {"metadata":{"name":"web","annotations":%s},"spec":{"containers":[{"name":"web"}]}}
    """
        .formatted(annotations);
  }

  private JsonNode ask(String path, String namespace, String kind, String object) throws Exception {
    String review =
        """
        {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"u1",
         "kind":{"kind":"%s"},"namespace":"%s","object":%s}}
        """
            .formatted(kind, namespace, object);
    var request =
        HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(review))
            .build();
    try (var client = HttpClient.newBuilder().sslContext(authority.client()).build()) {
      return JSON.readTree(client.send(request, BodyHandlers.ofString()).body()).path("response");
    }
  }
}
