package io.sidetrace.sidecar.exchange;

import io.sidetrace.sidecar.upstream.Cluster;
import io.sidetrace.sidecar.upstream.Clusters;
import org.jspecify.annotations.Nullable;

/// Where a request goes, before a connection was made for it.
///
/// @param route null: no route matched
/// @param cluster null: the route names none that is defined
/// @param original the connection's original destination, where that is where it goes
record Destination(
    @Nullable RouteEntry route, @Nullable Cluster cluster, @Nullable UpstreamLink original) {

  /// @param originalLink the connection's original destination; null without
  static Destination of(
      RoutedRequest request,
      ListenerBehaviour.Http http,
      Clusters clusters,
      @Nullable UpstreamLink originalLink) {
    RouteEntry route = http.routes().match(request);
    Cluster cluster = route == null ? null : clusters.get(route.cluster());
    if (cluster != null && cluster.originalDestination()) {
      return new Destination(route, cluster, originalLink);
    }
    // Tunnels are for clients that meant to reach a proxy; a gateway offers none.
    return request.isConnect()
        ? new Destination(null, null, null)
        : new Destination(route, cluster, null);
  }

  /// For a connection that has its one upstream already.
  static Destination of(RoutedRequest request, ListenerBehaviour.Http http, Clusters clusters) {
    RouteEntry route = http.routes().match(request);
    return new Destination(route, route == null ? null : clusters.get(route.cluster()), null);
  }

  boolean isOriginal() {
    return original != null;
  }

  String clusterName() {
    return route == null ? "" : route.cluster();
  }

  /// What answers the request when there is no endpoint to send it to.
  LocalReply absence() {
    if (route == null) {
      return LocalReply.NO_ROUTE;
    }
    if (cluster == null) {
      return LocalReply.NO_CLUSTER;
    }
    return cluster.speaksHttp2() ? LocalReply.HTTP2_ONLY : LocalReply.NO_HEALTHY_UPSTREAM;
  }
}
