package io.sidetrace.operator;

import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.sidetrace.operator.kube.Cluster;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `webhook` or `controller`, configured by environment variables; ends on SIGTERM.
public final class Main {

  private static final String USAGE = "usage: operator webhook|controller";

  private static final int USAGE_ERROR = 2;
  private static final int CONFIGURATION_ERROR = 1;
  private static final int START_FAILED = 4; // 3 is a lost lease

  /// Of the 30 s that the kubelet grants, some for what comes before and after.
  private static final Duration MAX_STOP = Duration.ofSeconds(20);

  private static final Logger log = LoggerFactory.getLogger(Main.class);

  private Main() {}

  public static void main(String[] arguments) throws Exception {
    String mode = arguments.length == 1 ? arguments[0] : "";
    if (!List.of("webhook", "controller").contains(mode)) {
      System.err.println(String.join(" ", arguments) + " (expected: one mode)\n" + USAGE);
      System.exit(USAGE_ERROR);
    }
    switch (Settings.read(System.getenv())) {
      case Settings.Reading.Refused(var reasons) -> {
        reasons.forEach(System.err::println);
        System.exit(CONFIGURATION_ERROR);
      }
      case Settings.Reading.Accepted(var settings) -> run(mode, settings);
    }
  }

  private static void run(String mode, Settings settings) throws Exception {
    // The JDK's server waits without end for a request that never completes; reviews take
    // milliseconds.
    System.setProperty("sun.net.httpserver.maxReqTime", "10"); // seconds
    System.setProperty("sun.net.httpserver.maxRspTime", "10"); // seconds
    KubernetesClient client =
        new KubernetesClientBuilder()
            .withConfig(new ConfigBuilder().withUserAgent(Cluster.FIELD_MANAGER).build())
            .build();
    AutoCloseable process = start(mode, settings, client);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process), "shutdown"));
    Thread.currentThread().join();
  }

  /// What was started before a failure holds threads that would keep a process alive that serves
  /// nobody.
  private static AutoCloseable start(String mode, Settings settings, KubernetesClient client) {
    try {
      return mode.equals("webhook")
          ? WebhookProcess.start(settings, client)
          : ControllerProcess.start(settings, client);
    } catch (IOException | RuntimeException e) {
      log.error("cannot start as {}", mode, e);
      System.exit(START_FAILED);
      throw new AssertionError("the exit has ended this", e);
    }
  }

  /// Waits on a thread that does not keep the process: whatever hangs, it ends.
  private static void stop(AutoCloseable process) {
    try {
      boolean isClosed =
          Thread.ofPlatform().daemon().name("closing").start(() -> close(process)).join(MAX_STOP);
      if (!isClosed) {
        log.error("not closed within {}; ending as it is", MAX_STOP);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void close(AutoCloseable process) {
    try {
      process.close();
    } catch (Exception e) {
      log.error("closing failed", e);
    }
  }
}
