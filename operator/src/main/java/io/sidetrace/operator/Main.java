package io.sidetrace.operator;

import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.List;

/// `webhook` or `controller`, configured by environment variables; ends on SIGTERM.
public final class Main {

  private static final String USAGE = "usage: operator webhook|controller";

  private static final int USAGE_ERROR = 2;
  private static final int CONFIGURATION_ERROR = 1;

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
            .withConfig(new ConfigBuilder().withUserAgent("sidetrace-operator").build())
            .build();
    AutoCloseable process =
        mode.equals("webhook")
            ? WebhookProcess.start(settings, client)
            : ControllerProcess.start(settings, client);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(process), "shutdown"));
    Thread.currentThread().join();
  }

  private static void close(AutoCloseable process) {
    try {
      process.close();
    } catch (Exception e) {
      System.err.println("stopping failed: " + e);
    }
  }
}
