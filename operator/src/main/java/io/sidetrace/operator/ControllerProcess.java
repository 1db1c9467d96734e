package io.sidetrace.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.sidetrace.operator.kube.ApiServer;
import io.sidetrace.operator.reconcile.Controllers;
import io.sidetrace.operator.reconcile.Fleets;
import io.sidetrace.operator.reconcile.Installation;
import io.sidetrace.operator.reconcile.Surveyor;
import io.sidetrace.operator.render.RenderedSidecar;
import io.sidetrace.operator.resolve.Resolver;
import io.sidetrace.operator.sidecars.Rounds;
import io.sidetrace.operator.sidecars.StatusClient;
import io.sidetrace.operator.survey.Examiner;
import io.sidetrace.operator.tls.CertificateKeeper;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
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
  private final Fleets fleets = new Fleets();
  private final StatusClient sidecars = new StatusClient(RenderedSidecar.STATUS_PORT);
  private final Surveyor surveyor;
  private volatile @Nullable Rounds rounds;
  private volatile boolean leading;
  private volatile boolean stopping;
  private volatile List<Thread> leadersOwn = List.of();

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
    var cluster = new ApiServer(client);
    Controllers.register(operator, cluster, settings.operatorNamespace(), fleets);
    this.surveyor = new Surveyor(client, cluster, identity(settings), work(settings));
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
    leadersOwn =
        List.of(
            Thread.ofVirtual().name("certificates").start(this::keepCertificates),
            Thread.ofVirtual().name("survey").start(this::survey));
  }

  private void stopLeading() {
    leading = false;
    leadersOwn.forEach(Thread::interrupt);
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

  private void survey() {
    try {
      surveyor.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Surveyor.Identity identity(Settings settings) {
    return new Surveyor.Identity(settings.operatorNamespace(), settings.instance());
  }

  private Surveyor.Work work(Settings settings) {
    return new Surveyor.Work(
        new Examiner(new Resolver(settings.sidecar())),
        fleets,
        this::askSidecars,
        () -> installed(settings.webhook().configuration()),
        InstantSource.system());
  }

  private Rounds askSidecars(Consumer<String> changed) {
    var started = Rounds.start(sidecars::ask, changed);
    rounds = started;
    return started;
  }

  private Installation installed(String configuration) {
    return Installation.of(
        client
            .admissionRegistration()
            .v1()
            .mutatingWebhookConfigurations()
            .withName(configuration)
            .get());
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
    Rounds asking = rounds;
    return """
    # HELP sidetrace_controller_leading Whether this replica leads.
    # TYPE sidetrace_controller_leading gauge
    sidetrace_controller_leading %d
    """
            .formatted(leading ? 1 : 0)
        + (leading ? fleets.metrics() + surveyor.metrics() : "")
        + (asking == null ? "" : asking.metrics());
  }

  @Override
  public void close() {
    stopping = true;
    log.info("stopping");
    operator.stop();
    sidecars.close();
    health.close();
    client.close();
  }
}
