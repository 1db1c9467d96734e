package io.sidetrace.sidecar.exchange;

import io.sidetrace.sidecar.upstream.Cluster;
import org.jspecify.annotations.Nullable;

/// Where a request goes, before a connection was made for it.
///
/// @param route null: no route matched
/// @param cluster null: the route names none that is defined
/// @param original the connection's original destination, where that is where it goes
record Destination(
    @Nullable RouteEntry route, @Nullable Cluster cluster, @Nullable UpstreamLink original) {

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
    return cluster == null ? LocalReply.NO_CLUSTER : LocalReply.NO_HEALTHY_UPSTREAM;
  }
}
