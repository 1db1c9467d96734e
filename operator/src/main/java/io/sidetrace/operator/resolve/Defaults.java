package io.sidetrace.operator.resolve;

/// What the installation settles for every pod.
///
/// @param operatorNamespace holds the cluster's default configuration
/// @param version the operator's own, as it goes into the status annotation
/// @param pullPolicy `Always`, `IfNotPresent` or `Never`
public record Defaults(
    String operatorNamespace,
    String version,
    String image,
    String pullPolicy,
    LogLevel logLevel,
    Resources resources) {

  /// The name of the configuration that serves the whole cluster.
  public static final String CLUSTER_CONFIG = "default";
}
