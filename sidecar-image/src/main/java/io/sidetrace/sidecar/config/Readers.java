package io.sidetrace.sidecar.config;

import io.sidetrace.sidecar.config.provider.ProviderReader;
import io.sidetrace.sidecar.config.provider.TextFiles;
import io.sidetrace.sidecar.format.Surroundings;

/// The readers of one reading, wired. They share which names are taken and which are used.
final class Readers {
  final ClusterNames names = new ClusterNames();
  final BootstrapReader bootstrap;
  final DiscoveryReader<Listener> listeners;
  final DiscoveryReader<ClusterDefinition> clusters;

  /// @param surroundings what format strings may say of the process
  /// @param files reads files that are named within the configuration
  Readers(Surroundings surroundings, TextFiles files) {
    var formats = new FormatReader(surroundings);
    var accessLogs = new AccessLogReader(formats);
    var providers = new ProviderReader(names, surroundings.environment(), files);
    var runtime = new RuntimeReader();
    var tracing = new TracingReader(providers, formats, runtime);
    var routes = new RouteReader(names, tracing, new HeaderMutationReader(formats), runtime);
    var managers = new HttpConnectionManagerReader(routes, tracing, accessLogs);
    var listenerReader = new ListenerReader(new FilterChainReader(names, managers, accessLogs));
    var clusterReader = new ClusterReader(names);
    bootstrap = new BootstrapReader(listenerReader, clusterReader, tracing, runtime);
    listeners =
        new DiscoveryReader<>("envoy.config.listener.v3.Listener", listenerReader::listener);
    clusters = new DiscoveryReader<>("envoy.config.cluster.v3.Cluster", clusterReader::cluster);
  }
}
