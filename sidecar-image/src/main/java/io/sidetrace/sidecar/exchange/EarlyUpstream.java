package io.sidetrace.sidecar.exchange;

import io.sidetrace.sidecar.config.SocketAddress;
import io.sidetrace.sidecar.upstream.Cluster;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// A connection to an upstream that was begun before the first request was read.
///
/// @param chosen the cluster that all routes of a gateway name; null: this goes to the client's
///   original destination
record EarlyUpstream(Wire wire, InetSocketAddress endpoint, @Nullable Cluster chosen) {
  /// `ip:port` of the endpoint.
  String address() {
    return new SocketAddress(endpoint.getAddress().getHostAddress(), endpoint.getPort()).format();
  }

  /// Where the client meant to go; null when it was not redirected here.
  @Nullable InetSocketAddress originalDestination() {
    return chosen == null ? endpoint : null;
  }

  /// Whether requests for there go by this connection.
  boolean leadsTo(Destination destination) {
    Cluster cluster = destination.cluster();
    return chosen == null
        ? cluster != null && cluster.originalDestination()
        : chosen.equals(cluster);
  }
}
