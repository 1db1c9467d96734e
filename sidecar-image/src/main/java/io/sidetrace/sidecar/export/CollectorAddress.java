package io.sidetrace.sidecar.export;

import io.sidetrace.sidecar.report.Delivery;
import io.sidetrace.sidecar.report.DropReason;
import io.sidetrace.sidecar.upstream.Cluster;
import io.sidetrace.sidecar.upstream.Clusters;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Where the next message to a collector goes.
public sealed interface CollectorAddress {
  record Known(Cluster cluster, InetSocketAddress endpoint) implements CollectorAddress {}

  /// There is none to be sent to.
  ///
  /// @param delivery what that is for a message
  record Unknown(Delivery delivery) implements CollectorAddress {}

  /// The endpoint of the cluster whose turn it is.
  static CollectorAddress next(Clusters clusters, String name) {
    Cluster cluster = clusters.get(name);
    if (cluster == null) {
      return new Unknown(unreachable("cluster " + name + " is not defined"));
    }
    InetSocketAddress endpoint = cluster.pick();
    if (endpoint == null) {
      String failure = cluster.lookupFailure();
      return new Unknown(unreachable(failure == null ? "no endpoint is known yet" : failure));
    }
    return new Known(cluster, endpoint);
  }

  /// Whether a connection to the endpoint may be kept: the cluster still has it, or is gone itself,
  /// so that the connection serves what is left to send.
  static boolean keeps(@Nullable Cluster cluster, InetSocketAddress endpoint) {
    return cluster == null || cluster.endpoints().contains(endpoint);
  }

  /// The collector was not reached, for that reason.
  static Delivery unreachable(String detail) {
    return new Delivery.Postponed(DropReason.UNREACHABLE, detail, Duration.ZERO);
  }
}
