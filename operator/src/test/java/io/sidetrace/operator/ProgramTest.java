package io.sidetrace.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.sidetrace.operator.fake.FakeApiServer;
import io.sidetrace.operator.fake.Samples;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The operator as a process of its own, against an API server in this one: how it starts and ends.
final class ProgramTest {

  /// Of a start on a busy machine; what is measured has its own.
  private static final long PATIENCE = 60; // seconds

  private static final String LEASE = "sidetrace-controller";

  private final FakeApiServer kubernetes = new FakeApiServer();
  private final KubernetesClient users = kubernetes.usersClient();
  private final BlockingQueue<String> output = new LinkedBlockingQueue<>();
  private @Nullable Process program;

  @AfterEach
  void stop() throws InterruptedException {
    if (program != null) {
      program.destroyForcibly().waitFor();
    }
    users.close();
    kubernetes.close();
  }

  @Test
  void leader_endsWithinFiveSecondsOfSigterm() throws Exception {
    Process controller = run("controller");
    kubernetes.await("the lease", () -> holder() != null);
    kubernetes.await(
        "the certificates",
        () ->
            users.secrets().inNamespace(Samples.OPERATOR_NAMESPACE).withName("hook-tls").get()
                != null);

    controller.destroy();

    assertThat(controller.waitFor(5, TimeUnit.SECONDS)).as("ended in time").isTrue();
    assertThat(controller.exitValue()).isEqualTo(128 + 15);
  }

  @Test
  void leaderThatLosesItsLease_endsToWaitForItAgain() throws Exception {
    Process controller = run("controller");
    kubernetes.await("the lease", () -> holder() != null);

    users
        .resource(lease("tested"))
        .edit(lease -> {
          lease.getSpec().setHolderIdentity("another");
          return lease;
        });

    // Less than the 20 s that end a close that hangs.
    assertThat(controller.waitFor(15, TimeUnit.SECONDS)).as("ended in time").isTrue();
    assertThat(controller.exitValue()).isEqualTo(3);
  }

  @Test
  void controllerThatWaitsToLead_endsOnSigterm() throws Exception {
    users.resource(lease("another")).create();
    Process controller = run("controller");
    kubernetes.await(
        "a look at the lease",
        () -> kubernetes.requests().stream().anyMatch(request -> request.is("get", "leases")));

    controller.destroy();

    assertThat(controller.waitFor(5, TimeUnit.SECONDS)).as("ended in time").isTrue();
    assertThat(kubernetes.writes()).noneMatch(request -> request.resource().equals("secrets"));
  }

  @Test
  void webhook_endsOnSigtermOnceItIsUnheardOf() throws Exception {
    users
        .resource(
            new MutatingWebhookConfigurationBuilder()
                .withNewMetadata()
                .withName("sidetrace")
                .endMetadata()
                .build())
        .create();
    Process webhook = run("webhook");
    awaitOutput("serving admissions");

    webhook.destroy();

    assertThat(webhook.waitFor(15, TimeUnit.SECONDS)).as("ended in time").isTrue();
    assertThat(webhook.exitValue()).isEqualTo(128 + 15);
  }

  @Test
  void portInUse_endsTheStart() throws Exception {
    try (var taken = new ServerSocket(0)) {
      Process webhook =
          run("webhook", Map.of("HEALTH_PORT", Integer.toString(taken.getLocalPort())));

      assertThat(webhook.waitFor(PATIENCE, TimeUnit.SECONDS)).as("ended").isTrue();
      assertThat(webhook.exitValue()).isEqualTo(4);
      awaitOutput("cannot start as webhook");
    }
  }

  @Test
  void unreadableSettings_areNamedAndEndTheStart() throws Exception {
    Process controller = run("controller", Map.of("HEALTH_PORT", "http", "SIDECAR_IMAGE", ""));

    assertThat(controller.waitFor(PATIENCE, TimeUnit.SECONDS)).as("ended").isTrue();
    assertThat(controller.exitValue()).isEqualTo(1);
    awaitOutput("SIDECAR_IMAGE: not set");
    awaitOutput("HEALTH_PORT: http (expected: a port, 0..65535)");
  }

  @Test
  void unknownMode_isAUsageError() throws Exception {
    Process unknown = run("both");

    assertThat(unknown.waitFor(PATIENCE, TimeUnit.SECONDS)).as("ended").isTrue();
    assertThat(unknown.exitValue()).isEqualTo(2);
    awaitOutput("both (expected: one mode)");
    awaitOutput("usage: operator webhook|controller");
  }

  private Process run(String mode) throws IOException {
    return run(mode, Map.of());
  }

  private Process run(String mode, Map<String, String> settings) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // What the process runs through counts as covered too.
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("-javaagent:"))
        .forEach(command::add);
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")); // it runs for seconds
    command.add("-Dlogback.configurationFile=logback.xml"); // not the tests'
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), Main.class.getName(), mode));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder
        .environment()
        .putAll(
            Map.of(
                "OPERATOR_NAMESPACE", Samples.OPERATOR_NAMESPACE,
                "SIDECAR_IMAGE", "sidecar",
                "WEBHOOK_SERVICE", "hook",
                "WEBHOOK_CONFIGURATION", "sidetrace",
                "WEBHOOK_PORT", "0",
                "HEALTH_PORT", "0",
                "HOSTNAME", "tested",
                "KUBERNETES_MASTER", kubernetes.url(),
                "KUBECONFIG", "/nonexistent"));
    builder.environment().putAll(settings);
    Process started = builder.start();
    program = started;
    Thread.ofVirtual().start(() -> started.inputReader().lines().forEach(output::add));
    return started;
  }

  private void awaitOutput(String text) throws InterruptedException {
    List<String> lines = new ArrayList<>();
    String line;
    do {
      line = output.poll(PATIENCE, TimeUnit.SECONDS);
      lines.add(String.valueOf(line));
    } while (line != null && !line.contains(text));
    assertThat(lines.getLast()).as(String.join("\n", lines)).contains(text);
  }

  private @Nullable String holder() {
    Lease lease =
        users.resources(Lease.class).inNamespace(Samples.OPERATOR_NAMESPACE).withName(LEASE).get();
    return lease == null ? null : lease.getSpec().getHolderIdentity();
  }

  private static Lease lease(String holder) {
    ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);
    return new LeaseBuilder()
        .withNewMetadata()
        .withName(LEASE)
        .withNamespace(Samples.OPERATOR_NAMESPACE)
        .endMetadata()
        .withNewSpec()
        .withHolderIdentity(holder)
        .withLeaseDurationSeconds(60)
        .withAcquireTime(now)
        .withRenewTime(now)
        .withLeaseTransitions(1)
        .endSpec()
        .build();
  }
}
