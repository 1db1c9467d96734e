package io.sidetrace.operator;

import io.sidetrace.operator.resolve.Defaults;
import io.sidetrace.operator.resolve.LogLevel;
import io.sidetrace.operator.resolve.Resources;
import io.sidetrace.operator.tls.WebhookNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the environment says. The chart sets every variable.
record Settings(
    Defaults sidecar,
    WebhookNames webhook,
    String lease,
    String instance,
    int webhookPort,
    int healthPort) {

  private static final Set<String> PULL_POLICIES = Set.of("Always", "IfNotPresent", "Never");
  private static final int MAX_PORT = 65535;

  /// What became of reading it.
  sealed interface Reading {
    record Accepted(Settings settings) implements Reading {}

    /// One line for each variable.
    record Refused(List<String> reasons) implements Reading {}
  }

  String operatorNamespace() {
    return webhook.namespace();
  }

  static Reading read(Map<String, String> environment) {
    var reader = new Reader(environment);
    String namespace =
        reader.required("OPERATOR_NAMESPACE", "the namespace that the operator runs in");
    String image = reader.required("SIDECAR_IMAGE", "the sidecar's image");
    String service = reader.required("WEBHOOK_SERVICE", "the name of the webhook's Service");
    String configuration =
        reader.required("WEBHOOK_CONFIGURATION", "the name of the webhook configurations");
    String pullPolicy = reader.pullPolicy();
    String secret = reader.optional("WEBHOOK_SECRET", service + "-tls");
    String lease = reader.optional("CONTROLLER_LEASE", "sidetrace-controller");
    String instance = reader.optional("HOSTNAME", lease); // a pod's is its name
    int webhookPort = reader.port("WEBHOOK_PORT", 8443);
    int healthPort = reader.port("HEALTH_PORT", 8081);
    if (!reader.refusals.isEmpty()) {
      return new Reading.Refused(List.copyOf(reader.refusals));
    }
    var sidecar =
        new Defaults(namespace, version(), image, pullPolicy, LogLevel.INFO, Resources.DEFAULT);
    var names = new WebhookNames(namespace, service, secret, configuration);
    return new Reading.Accepted(
        new Settings(sidecar, names, lease, instance, webhookPort, healthPort));
  }

  /// The jar's own; absent when run from class files.
  private static String version() {
    String version = Settings.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  private static final class Reader {
    private final Map<String, String> environment;
    private final List<String> refusals = new ArrayList<>();

    Reader(Map<String, String> environment) {
      this.environment = environment;
    }

    String required(String name, String meaning) {
      String value = optional(name, "");
      if (value.isEmpty()) {
        refusals.add(name + ": not set (expected: " + meaning + ")");
      }
      return value;
    }

    String optional(String name, String fallback) {
      String value = environment.getOrDefault(name, "");
      return value.isBlank() ? fallback : value.strip();
    }

    String pullPolicy() {
      String policy = optional("SIDECAR_IMAGE_PULL_POLICY", "IfNotPresent");
      if (!PULL_POLICIES.contains(policy)) {
        refusals.add(
            "SIDECAR_IMAGE_PULL_POLICY: " + policy + " (expected: Always, IfNotPresent or Never)");
      }
      return policy;
    }

    int port(String name, int fallback) {
      String text = optional(name, Integer.toString(fallback));
      try {
        int port = Integer.parseInt(text);
        if (port >= 0 && port <= MAX_PORT) {
          return port;
        }
      } catch (NumberFormatException e) {
        // Refused below, as is a number that is no port.
      }
      refusals.add(name + ": " + text + " (expected: a port, 0.." + MAX_PORT + ")");
      return fallback;
    }
  }
}
