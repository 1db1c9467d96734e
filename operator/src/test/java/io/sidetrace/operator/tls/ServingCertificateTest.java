package io.sidetrace.operator.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfigurationBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;

final class ServingCertificateTest {

  private final Rotation rotation = new Rotation(List.of("localhost"), new SecureRandom());
  private final ServingCertificate serving = new ServingCertificate();
  private final WebhookCertificates first = rotation.next(null, List.of(), Instant.now());
  private final WebhookCertificates second = rotation.next(null, List.of(), Instant.now());

  @Test
  void withoutSecret_isUnready() {
    assertThat(serving.unready()).contains("no serving certificate yet");
  }

  @Test
  void readiness_followsTheSecretAndThePublishedBundle() {
    serving.secretChanged(secret(first.toSecretData()));
    assertThat(serving.unready()).contains("caBundle");

    serving.webhooksChanged(published(second.caBundle(), second.caBundle()));
    assertThat(serving.unready()).contains("caBundle");

    serving.webhooksChanged(published(first.caBundle(), ""));
    assertThat(serving.unready()).as("one entry has no bundle").contains("caBundle");

    serving.webhooksChanged(published(first.caBundle(), first.caBundle()));
    assertThat(serving.unready()).isEmpty();

    serving.secretChanged(secret(second.toSecretData()));
    assertThat(serving.unready()).as("renewed, not yet published").contains("caBundle");
  }

  @Test
  void brokenSecret_leavesWhatIsServed() {
    serving.secretChanged(secret(first.toSecretData()));
    serving.webhooksChanged(published(first.caBundle()));

    serving.secretChanged(secret(Map.of("tls.crt", "")));

    assertThat(serving.unready()).isEmpty();
  }

  @Test
  void newConnection_seesTheNewCertificateOnTheSameContext() throws Exception {
    SSLContext context = serving.sslContext();
    try (var server =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 4, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> answer(server));

      serving.secretChanged(secret(first.toSecretData()));
      assertThat(served(server, first)).isEqualTo(first.serving().certificate());

      serving.secretChanged(secret(second.toSecretData()));
      assertThat(served(server, second)).isEqualTo(second.serving().certificate());
    }
  }

  private static void answer(SSLServerSocket server) {
    while (!server.isClosed()) {
      try (var connection = (SSLSocket) server.accept()) {
        connection.startHandshake();
        connection.getInputStream().read();
      } catch (IOException e) {
        // The client shows what went wrong; the loop ends with the server socket.
      }
    }
  }

  private static X509Certificate served(SSLServerSocket server, WebhookCertificates trusted)
      throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("ca", trusted.authority().certificate());
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    try (var socket =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(server.getInetAddress(), server.getLocalPort())) {
      socket.startHandshake();
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  private static Secret secret(Map<String, String> data) {
    return new SecretBuilder()
        .withNewMetadata()
        .withName("tls")
        .endMetadata()
        .withData(data)
        .build();
  }

  private static MutatingWebhookConfiguration published(String... caBundles) {
    var configuration = new MutatingWebhookConfigurationBuilder();
    for (String caBundle : caBundles) {
      configuration
          .addNewWebhook()
          .withName("w" + caBundle.hashCode())
          .withNewClientConfig()
          .withCaBundle(caBundle)
          .endClientConfig()
          .endWebhook();
    }
    return configuration.build();
  }
}
