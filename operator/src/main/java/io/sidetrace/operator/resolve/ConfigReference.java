package io.sidetrace.operator.resolve;

/// Which TracingConfig, and under which keys of a namespace's ConfigMap its files are found.
public record ConfigReference(String namespace, String name, Scope scope) {
  private static final String CLUSTER_PREFIX = "cluster_";

  /// Whose configuration it is, seen from the pod.
  public enum Scope {
    /// Of the pod's own namespace.
    NAMESPACE,
    /// Of the operator's namespace, used from elsewhere.
    CLUSTER
  }

  /// The ConfigMap's key for a file such as `lds.json`. No underscore can be in a resource's name,
  /// so that keys of different configurations never coincide.
  public String key(String file) {
    return (scope == Scope.CLUSTER ? CLUSTER_PREFIX : "") + name + "_" + file;
  }

  /// `namespace/name`.
  public String format() {
    return namespace + "/" + name;
  }
}
