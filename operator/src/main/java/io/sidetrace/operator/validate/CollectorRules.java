package io.sidetrace.operator.validate;

import io.sidetrace.operator.api.Collector;
import io.sidetrace.operator.api.Endpoint;
import io.sidetrace.operator.api.ServiceReference;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a collector cluster must keep to.
final class CollectorRules {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}");

  /// Clusters that every rendered configuration has.
  private static final Set<String> TAKEN = Set.of("inbound", "outbound");

  private static final String FIELD = "spec.collector";

  private final Collector collector;
  private final List<Violation> violations;

  private CollectorRules(Collector collector, List<Violation> violations) {
    this.collector = collector;
    this.violations = violations;
  }

  static void check(Collector collector, List<Violation> violations) {
    new CollectorRules(collector, violations).check();
  }

  private void check() {
    checkName();
    checkConnectTimeout();
    var service = collector.service();
    if ((service == null) == collector.endpoints().isEmpty()) {
      var given = service == null ? "neither endpoints nor service" : "endpoints and service";
      report("", given, "exactly one of endpoints and service");
    } else if (service != null) {
      checkService(service);
    } else {
      checkEndpoints();
    }
    SecretRules.checkTls(collector.tls(), violations);
    SecretRules.checkCredentials(collector.credentials(), violations);
  }

  private void checkName() {
    var name = collector.name();
    if (name == null) {
      return;
    }
    if (!NAME.matcher(name).matches() || TAKEN.contains(name)) {
      report(".name", name, "letters, digits, _ . and -, but not inbound or outbound");
    }
  }

  private void checkConnectTimeout() {
    var timeout = collector.connectTimeout();
    if (!Forms.isDuration(timeout)) {
      report(".connectTimeout", timeout, Forms.DURATION_EXPECTED);
    }
  }

  private void checkService(ServiceReference service) {
    if (collector.type() != Collector.Type.STRICT_DNS) {
      report(".type", collector.type() + " with a service", "STRICT_DNS");
    }
    if (!Names.isDnsLabel(service.name())) {
      report(".service.name", service.name(), "the name of a Service");
    }
    var namespace = service.namespace();
    if (namespace != null && !Names.isDnsLabel(namespace)) {
      report(".service.namespace", namespace, "the name of a namespace");
    }
    checkPort(".service.port", service.port());
  }

  private void checkEndpoints() {
    var endpoints = collector.endpoints();
    if (collector.type() == Collector.Type.LOGICAL_DNS && endpoints.size() > 1) {
      report(".endpoints", endpoints.size() + " with type LOGICAL_DNS", "exactly one");
    }
    for (var i = 0; i < endpoints.size(); i++) {
      checkEndpoint(".endpoints[" + i + "]", endpoints.get(i));
    }
  }

  private void checkEndpoint(String field, Endpoint endpoint) {
    var address = endpoint.address();
    if (collector.type() == Collector.Type.STATIC && !Names.isIpAddress(address)) {
      report(
          field + ".address",
          address + " with type STATIC",
          "an IP address, or type STRICT_DNS for a name");
    } else if (!Names.isIpAddress(address) && !Names.isDnsName(address)) {
      report(field + ".address", address, "an IP address or a DNS name");
    }
    checkPort(field + ".port", endpoint.port());
  }

  private void checkPort(String field, @Nullable Integer port) {
    if (port == null || port < 1 || port > 65535) {
      report(field, String.valueOf(port), "a port, 1 to 65535");
    }
  }

  private void report(String field, String value, String expected) {
    violations.add(new Violation(FIELD + field, value, expected));
  }
}
