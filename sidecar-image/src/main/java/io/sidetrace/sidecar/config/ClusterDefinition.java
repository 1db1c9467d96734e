package io.sidetrace.sidecar.config;

import java.time.Duration;
import java.util.List;

/// A named set of endpoints. Those of `ORIGINAL_DST` are where connections were meant to go, so it
/// lists none.
public record ClusterDefinition(
    String name, Type type, Duration connectTimeout, List<SocketAddress> endpoints) {
  public ClusterDefinition {
    endpoints = List.copyOf(endpoints);
  }

  /// How endpoints are found.
  public enum Type {
    STATIC,
    STRICT_DNS,
    LOGICAL_DNS,
    ORIGINAL_DST
  }
}
