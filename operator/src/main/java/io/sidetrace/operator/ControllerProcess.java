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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A controller replica: waits to lead; the leader reconciles and keeps the certificates. One that
/// loses the lease exits, and comes back as one that waits.
///
/// Thread-safe: the election calls on a thread of its own, `close` comes from the shutdown hook.
final class ControllerProcess implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ControllerProcess.class);

  /// How long a certificate that fell due, or an authority that was just published, waits for the
  /// next pass.
  private static final Duration CERTIFICATE_INTERVAL = Duration.ofSeconds(30);

  /// One change of the cluster's default concerns every namespace; a write takes about 10 ms, so
  /// this many are done with a thousand namespaces in a second, without a flood of the API server.
  private static final int MAX_CONCURRENT_RECONCILIATIONS = 16;

  /// Unlike the codes of bad settings, so that the pod's state tells them apart.
  private static final int LEASE_LOST = 3;

  private final KubernetesClient client;
  private final CertificateKeeper certificates;
  private final Operator operator;
  private final HealthServer health;
  private volatile boolean leading;
  private volatile boolean stopping;
  private volatile @Nullable Thread keeping;

  private ControllerProcess(Settings settings, KubernetesClient client) throws IOException {
    this.client = client;
    this.certificates =
        new CertificateKeeper(client, settings.webhook(), new SecureRandom(), Clock.systemUTC());
    this.operator =
        new Operator(overrider ->
            overrider
                .withKubernetesClient(client)
                .withCloseClientOnStop(false)
                .withExecutorService(
                    Executors.newFixedThreadPool(
                        MAX_CONCURRENT_RECONCILIATIONS, Thread.ofVirtual().factory()))
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
            new LeaderCallbacks(this::startLeading, this::stopLeading, this::leaderIs))
        // It would exit while the shutdown hook runs, which never returns.
        .withExitOnStopLeading(false)
        .build();
  }

  private void startLeading() {
    leading = true;
    keeping = Thread.ofVirtual().name("certificates").start(this::keepCertificates);
  }

  private void stopLeading() {
    leading = false;
    Thread keeper = keeping;
    if (keeper != null) {
      keeper.interrupt();
    }
    if (!stopping) {
      log.error("lost the lease (expected: renewed in time); exiting, to wait for it again");
      // On a thread of its own: this one may hold the elector's lock, which stopping needs too.
      Thread.ofPlatform().name("lease-lost").start(() -> System.exit(LEASE_LOST));
    }
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

  String unready() {
    if (!operator.getRuntimeInfo().isStarted()) {
      return "starting";
    }
    return operator.getRuntimeInfo().allEventSourcesAreHealthy() ? "" : "a watch is not healthy";
  }

  String metrics() {
    return """
    # HELP sidetrace_controller_leading Whether this replica leads.
    # TYPE sidetrace_controller_leading gauge
    sidetrace_controller_leading %d
    """
        .formatted(leading ? 1 : 0);
  }

  @Override
  public void close() {
    stopping = true;
    log.info("stopping");
    operator.stop();
    health.close();
    client.close();
  }
}
