package io.sidetrace.sidecar;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The flags of the command line.
enum Flag {
  CONFIG_PATH("-c", "--config-path", "FILE", "bootstrap, JSON or YAML"),
  CONFIG_YAML("", "--config-yaml", "TEXT", "merged over the bootstrap, as Envoy does"),
  MODE("", "--mode", "serve|validate", "serve (default), or only read the configuration"),
  CONCURRENCY("", "--concurrency", "N", "event loops"),
  SERVICE_NODE("", "--service-node", "ID", "over node.id"),
  SERVICE_CLUSTER("", "--service-cluster", "NAME", "over node.cluster; the service of spans"),
  SERVICE_ZONE("", "--service-zone", "ZONE", "over node.locality.zone"),
  LOG_LEVEL(
      "-l", "--log-level", "LEVEL", "trace, debug, info (default), warn, error, critical, off"),
  STATUS_PORT("", "--status-port", "N", "/ready, /status, /metrics, /probe/tcp/PORT, /drain"),
  AWAIT_CONFIG("", "--await-config", "", "forward untraced until absent files arrive"),
  INTERCEPTION_REPORT("", "--interception-report", "FILE", "what the redirect says of itself"),
  HELP("-h", "--help", "", "this text"),
  VERSION("", "--version", "", "the version");

  private final String brief;
  private final String full;
  private final String value;
  private final String purpose;

  Flag(String brief, String full, String value, String purpose) {
    this.brief = brief;
    this.full = full;
    this.value = value;
    this.purpose = purpose;
  }

  static Optional<Flag> of(String spelling) {
    return Stream.of(values()).filter(flag -> flag.spellings().contains(spelling)).findFirst();
  }

  List<String> spellings() {
    return brief.isEmpty() ? List.of(full) : List.of(brief, full);
  }

  String full() {
    return full;
  }

  boolean takesValue() {
    return !value.isEmpty();
  }

  String usage() {
    String names = brief.isEmpty() ? "    " + full : brief + ", " + full;
    return "  %-44s %s".formatted(value.isEmpty() ? names : names + " " + value, purpose);
  }
}
