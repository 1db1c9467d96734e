package io.sidetrace.sidecar.config;

import java.util.List;

/// Listeners and clusters that fit together: every cluster that a route, a proxy or a provider
/// names is defined.
///
/// @param version the `version_info` of the listener file, or a digest of the bootstrap where
///   resources are static
public record Configuration(
    String version, List<Listener> listeners, List<ClusterDefinition> clusters) {
  public Configuration {
    listeners = List.copyOf(listeners);
    clusters = List.copyOf(clusters);
  }
}
