package io.sidetrace.operator.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true)
final class CertificateKeeperTest {

  private static final WebhookNames NAMES = new WebhookNames("ns", "hook", "hook-tls", "sidetrace");
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @SuppressWarnings("NullAway.Init") // set by the extension
  static KubernetesClient client;

  @BeforeEach
  void publishNothingYet() {
    client.secrets().inNamespace("ns").withName("hook-tls").delete();
    client.resource(mutating("a", "b")).createOr(existing -> existing.update());
  }

  @Test
  void firstPass_storesTheCertificatesAndPublishesThemInEveryEntry() {
    client.resource(validating()).create();

    keeper(START).pass();

    assertThat(publishedBundles())
        .extracting(PublishedBundle::caBundle)
        .containsOnly(stored().caBundle())
        .hasSize(2);
    assertThat(
            client
                .admissionRegistration()
                .v1()
                .validatingWebhookConfigurations()
                .withName("sidetrace")
                .get()
                .getWebhooks()
                .getFirst()
                .getClientConfig()
                .getCaBundle())
        .isEqualTo(stored().caBundle());
  }

  @Test
  void secondPass_writesNothing() {
    keeper(START).pass();
    String secret = secret().getMetadata().getResourceVersion();
    String configuration = configuration().getMetadata().getResourceVersion();

    keeper(START).pass();

    assertThat(secret().getMetadata().getResourceVersion()).isEqualTo(secret);
    assertThat(configuration().getMetadata().getResourceVersion()).isEqualTo(configuration);
  }

  @Test
  void removedBundle_isPublishedAgain() {
    keeper(START).pass();
    client.resource(mutating("b", "a")).update();

    keeper(START).pass();

    assertThat(publishedBundles())
        .extracting(PublishedBundle::caBundle)
        .containsOnly(stored().caBundle());
  }

  @Test
  void brokenSecret_isMadeAnew() {
    client
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName("hook-tls")
                .withNamespace("ns")
                .endMetadata()
                .withData(Map.of("ca.crt", "bm8="))
                .build())
        .create();

    keeper(START).pass();

    assertThat(publishedBundles())
        .extracting(PublishedBundle::caBundle)
        .containsOnly(stored().caBundle());
  }

  @Test
  void agedAuthority_isReplacedOverTwoPasses() {
    keeper(START).pass();
    WebhookCertificates before = stored();
    Instant due = START.plusSeconds(250L * 24 * 3_600);

    keeper(due).pass();
    assertThat(stored().serving()).isEqualTo(before.serving());
    assertThat(stored().bundle()).hasSize(2);

    keeper(due).pass();
    assertThat(stored().authority().issued(stored().serving().certificate())).isTrue();
    assertThat(publishedBundles())
        .extracting(PublishedBundle::caBundle)
        .containsOnly(stored().caBundle());
  }

  private static CertificateKeeper keeper(Instant now) {
    return new CertificateKeeper(
        client, NAMES, new SecureRandom(), Clock.fixed(now, ZoneOffset.UTC));
  }

  private static WebhookCertificates stored() {
    var content = WebhookCertificates.parse(secret().getData());
    assertThat(content).isInstanceOf(WebhookCertificates.Content.Complete.class);
    return ((WebhookCertificates.Content.Complete) content).certificates();
  }

  private static Secret secret() {
    return client.secrets().inNamespace("ns").withName("hook-tls").get();
  }

  private static List<PublishedBundle> publishedBundles() {
    return PublishedBundle.of(configuration());
  }

  private static MutatingWebhookConfiguration configuration() {
    return client
        .admissionRegistration()
        .v1()
        .mutatingWebhookConfigurations()
        .withName("sidetrace")
        .get();
  }

  private static MutatingWebhookConfiguration mutating(String... entries) {
    var configuration =
        new MutatingWebhookConfigurationBuilder()
            .withNewMetadata()
            .withName("sidetrace")
            .endMetadata();
    for (String entry : entries) {
      configuration
          .addNewWebhook()
          .withName(entry)
          .withNewClientConfig()
          .endClientConfig()
          .endWebhook();
    }
    return configuration.build();
  }

  private static HasMetadata validating() {
    return new ValidatingWebhookConfigurationBuilder()
        .withNewMetadata()
        .withName("sidetrace")
        .endMetadata()
        .addNewWebhook()
        .withName("c")
        .withNewClientConfig()
        .endClientConfig()
        .endWebhook()
        .build();
  }
}
