package io.sidetrace.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.sidetrace.operator.kube.ApiServer;
import io.sidetrace.operator.reconcile.Controllers;
import io.sidetrace.operator.tls.CertificateKeeper;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A controller replica: waits to lead; the leader reconciles and keeps the certificates. One that
/// loses the lease exits, and comes back as one that waits.
final class ControllerProcess implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ControllerProcess.class);

  /// How long a certificate that fell due, or an authority that was just published, waits for the
  /// next pass.
  private static final Duration CERTIFICATE_INTERVAL = Duration.ofSeconds(30);

  private final KubernetesClient client;
  private final CertificateKeeper certificates;
  private final Operator operator;
  private final HealthServer health;
  private volatile boolean leading;

  private ControllerProcess(Settings settings, KubernetesClient client) throws IOException {
    this.client = client;
    this.certificates =
        new CertificateKeeper(client, settings.webhook(), new SecureRandom(), Clock.systemUTC());
    this.operator =
        new Operator(overrider ->
            overrider
                .withKubernetesClient(client)
                .withCloseClientOnStop(false)
                .withExecutorService(Executors.newVirtualThreadPerTaskExecutor())
                .withLeaderElectionConfiguration(election(settings)));
    Controllers.register(
        operator, new ApiServer(client), settings.operatorNamespace(), Clock.systemUTC());
    this.health =
        HealthServer.start(
            new InetSocketAddress(settings.healthPort()), this::unready, this::metrics);
  }

  static ControllerProcess start(Settings settings, KubernetesClient client) throws IOException {
    var process = new ControllerProcess(settings, client);
    process.operator.start();
    log.info("controller started, health on port {}", process.health.port());
    return process;
  }

  private LeaderElectionConfiguration election(Settings settings) {
    return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(settings.lease())
        .withLeaseNamespace(settings.operatorNamespace())
        .withLeaderCallbacks(
            new LeaderCallbacks(this::startLeading, () -> leading = false, this::leaderIs))
        .build();
  }

  private void startLeading() {
    leading = true;
    Thread.ofVirtual().name("certificates").start(this::keepCertificates);
  }

  private void keepCertificates() {
    try {
      certificates.keep(CERTIFICATE_INTERVAL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void leaderIs(String identity) {
    log.info("the leader is {}", identity);
  }

  private String unready() {
    if (!operator.getRuntimeInfo().isStarted()) {
      return "starting";
    }
    return operator.getRuntimeInfo().allEventSourcesAreHealthy() ? "" : "a watch is not healthy";
  }

  private String metrics() {
    return """
    # HELP sidetrace_controller_leading Whether this replica leads.
    # TYPE sidetrace_controller_leading gauge
    sidetrace_controller_leading %d
    """
        .formatted(leading ? 1 : 0);
  }

  @Override
  public void close() {
    log.info("stopping");
    operator.stop();
    health.close();
    client.close();
  }
}
