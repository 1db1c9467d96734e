package io.sidetrace.operator;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.sidetrace.operator.kube.Follow;
import io.sidetrace.operator.kube.Namespaces;
import io.sidetrace.operator.kube.TracingConfigs;
import io.sidetrace.operator.resolve.Resolver;
import io.sidetrace.operator.tls.ServingCertificate;
import io.sidetrace.operator.webhook.Webhook;
import io.sidetrace.operator.webhook.WebhookServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A webhook replica: follows its certificate, namespaces and configs, and answers admissions. All
/// replicas do the same.
final class WebhookProcess implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(WebhookProcess.class);

  /// Until every node has heard that this replica is not ready any more, API servers still call it.
  private static final Duration UNTIL_UNHEARD_OF = Duration.ofSeconds(3);

  private static final Duration GRACE = Duration.ofSeconds(5); // the timeout of an admission call

  private final KubernetesClient client;
  private final ServingCertificate certificate = new ServingCertificate();
  private final Namespaces namespaces;
  private final TracingConfigs configs;
  private final WebhookServer server;
  private final HealthServer health;
  private volatile boolean stopping;

  private WebhookProcess(Settings settings, KubernetesClient client) throws IOException {
    this.client = client;
    followCertificate(settings);
    this.namespaces = Namespaces.follow(client);
    this.configs = TracingConfigs.follow(client, settings.operatorNamespace());
    var webhook =
        new Webhook(new Resolver(settings.sidecar()), namespaces::labels, configs::usableIn);
    this.server =
        webhook.serve(
            new InetSocketAddress(settings.webhookPort()), certificate.sslContext(), GRACE);
    this.health =
        HealthServer.start(
            new InetSocketAddress(settings.healthPort()), this::unready, webhook::metrics);
    log.info("serving admissions on port {}, health on {}", server.port(), health.port());
  }

  static WebhookProcess start(Settings settings, KubernetesClient client) throws IOException {
    return new WebhookProcess(settings, client);
  }

  private void followCertificate(Settings settings) {
    var names = settings.webhook();
    Follow.<Secret>one(
        client.secrets().inNamespace(names.namespace()).withName(names.secret()),
        certificate::secretChanged);
    Follow.<MutatingWebhookConfiguration>one(
        client
            .admissionRegistration()
            .v1()
            .mutatingWebhookConfigurations()
            .withName(names.configuration()),
        certificate::webhooksChanged);
  }

  String unready() {
    if (stopping) {
      return "stopping";
    }
    if (!namespaces.isFollowing() || !configs.isFollowing()) {
      return "not following namespaces and configs (expected: watches that run)";
    }
    return certificate.unready();
  }

  @Override
  public void close() {
    stopping = true;
    log.info("stopping");
    try {
      Thread.sleep(UNTIL_UNHEARD_OF);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // in a hurry: stop without the wait
    }
    server.close();
    namespaces.close();
    configs.close();
    health.close();
    client.close();
  }
}
