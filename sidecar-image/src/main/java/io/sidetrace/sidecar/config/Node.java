package io.sidetrace.sidecar.config;

/// Who this sidecar is: `--service-node`, `--service-cluster` and `--service-zone`, or the
/// bootstrap's `node`. Empty where not given.
public record Node(String id, String cluster, String zone) {
  /// What stands for a service that a configuration shared by many pods cannot name, where Envoy
  /// wants a name.
  private static final String UNKNOWN_SERVICE = "unknown_service";

  /// Whose spans those of a provider are that names a service, or none.
  public String service(String named) {
    return named.isEmpty() || named.equals(UNKNOWN_SERVICE) ? cluster : named;
  }
}
