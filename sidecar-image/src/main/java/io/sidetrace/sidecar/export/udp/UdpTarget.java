package io.sidetrace.sidecar.export.udp;

import io.sidetrace.sidecar.export.CollectorAddress;
import io.sidetrace.sidecar.upstream.Clusters;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// Where datagrams go: to an address, or to a cluster's endpoint, whatever address that has now.
/// Thread-safe.
///
/// @param cluster empty: to the address
record UdpTarget(InetSocketAddress address, String cluster, Clusters clusters) {

  /// What a datagram that has nowhere to go is told; null where it has.
  sealed interface Next {
    record Endpoint(InetSocketAddress address) implements Next {}

    record Nowhere(CollectorAddress.Unknown why) implements Next {}
  }

  /// @param before where the last ones went, and may go on going; null: nowhere
  Next next(@Nullable InetSocketAddress before) {
    if (cluster.isEmpty()) {
      return new Next.Endpoint(address);
    }
    if (before != null && CollectorAddress.keeps(clusters.get(cluster), before)) {
      return new Next.Endpoint(before);
    }
    return switch (CollectorAddress.next(clusters, cluster)) {
      case CollectorAddress.Known known -> new Next.Endpoint(known.endpoint());
      case CollectorAddress.Unknown unknown -> new Next.Nowhere(unknown);
    };
  }
}
