package io.sidetrace.sidecar.config;

/// The readers of one reading, wired. They share which names are taken and which are used.
final class Readers {
  final ClusterNames names = new ClusterNames();
  final BootstrapReader bootstrap;
  final DiscoveryReader<Listener> listeners;
  final DiscoveryReader<ClusterDefinition> clusters;

  Readers() {
    var providers = new ProviderReader(names);
    var routes = new RouteReader(names);
    var managers = new HttpConnectionManagerReader(routes, new TracingReader(providers));
    var listenerReader = new ListenerReader(new FilterChainReader(names, managers));
    var clusterReader = new ClusterReader(names);
    bootstrap = new BootstrapReader(listenerReader, clusterReader, providers);
    listeners =
        new DiscoveryReader<>("envoy.config.listener.v3.Listener", listenerReader::listener);
    clusters = new DiscoveryReader<>("envoy.config.cluster.v3.Cluster", clusterReader::cluster);
  }
}
