package io.sidetrace.operator.resolve;

/// What the sidecar asks for and may use, as Kubernetes quantities. There is no CPU limit: it would
/// slow the application's requests down while the node has CPU to spare.
public record Resources(String cpuRequest, String memoryRequest, String memoryLimit) {
  /// Requests keep autoscalers working, which need one from every container.
  public static final Resources DEFAULT = new Resources("10m", "64Mi", "128Mi");
}
