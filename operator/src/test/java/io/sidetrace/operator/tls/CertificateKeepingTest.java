package io.sidetrace.operator.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.sidetrace.operator.fake.FakeApiServer;
import io.sidetrace.operator.fake.Samples;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Keeping over time: what brings a pass, and that nothing ends it but an interrupt.
final class CertificateKeepingTest {

  private static final WebhookNames NAMES = new WebhookNames("ns", "hook", "hook-tls", "sidetrace");
  private static final Duration SOON = Duration.ofMillis(10);
  private static final Duration NEVER = Duration.ofDays(1);

  private final FakeApiServer kubernetes = new FakeApiServer();
  private final KubernetesClient operators = kubernetes.operatorsClient();
  private final KubernetesClient users = kubernetes.usersClient();

  @BeforeEach
  void publishNothingYet() {
    users.resource(Samples.mutatingWebhooks("sidetrace")).create();
  }

  @AfterEach
  void close() {
    users.close();
    operators.close();
    kubernetes.close();
  }

  @Test
  void bundleTakenAway_isPublishedAgainAtOnce() throws Exception {
    Thread keeping = keep(NEVER);
    kubernetes.await("the bundle", () -> !published().isEmpty());
    kubernetes.await(
        "the watch",
        () ->
            kubernetes.requests().stream()
                .anyMatch(request -> request.is("watch", "validatingwebhookconfigurations")));

    users.resource(configuration()).edit(CertificateKeepingTest::withoutBundle);

    kubernetes.await("the bundle again", () -> !published().isEmpty());
    end(keeping);
  }

  @Test
  void keeping_outlivesWatchesThatAreRefused() throws Exception {
    Thread keeping;
    try (var _ =
        kubernetes.refuse(request -> request.is("list", "mutatingwebhookconfigurations"), 403)) {
      keeping = keep(SOON);
      kubernetes.await("the bundle", () -> !published().isEmpty());
    }

    kubernetes.await(
        "the watch",
        () ->
            kubernetes.requests().stream()
                .anyMatch(request -> request.is("watch", "mutatingwebhookconfigurations")));
    end(keeping);
  }

  @Test
  void keeping_outlivesPassesThatFail() throws Exception {
    Thread keeping;
    try (var _ = kubernetes.refuse(request -> request.is("create", "secrets"), 500)) {
      keeping = keep(SOON);
      kubernetes.await(
          "a try",
          () ->
              kubernetes.requests().stream().anyMatch(request -> request.is("create", "secrets")));
    }

    kubernetes.await("the bundle", () -> !published().isEmpty());
    end(keeping);
  }

  private Thread keep(Duration interval) {
    var keeper = new CertificateKeeper(operators, NAMES, new SecureRandom(), Clock.systemUTC());
    return Thread.ofVirtual()
        .start(() -> {
          try {
            keeper.keep(interval);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private static void end(Thread keeping) throws InterruptedException {
    assertThat(keeping.isAlive()).isTrue();
    keeping.interrupt();
    assertThat(keeping.join(Duration.ofSeconds(10))).isTrue();
  }

  private static MutatingWebhookConfiguration withoutBundle(MutatingWebhookConfiguration seen) {
    seen.getWebhooks().getFirst().getClientConfig().setCaBundle(null);
    return seen;
  }

  private String published() {
    String bundle = configuration().getWebhooks().getFirst().getClientConfig().getCaBundle();
    return bundle == null ? "" : bundle;
  }

  private MutatingWebhookConfiguration configuration() {
    return users
        .admissionRegistration()
        .v1()
        .mutatingWebhookConfigurations()
        .withName("sidetrace")
        .get();
  }
}
