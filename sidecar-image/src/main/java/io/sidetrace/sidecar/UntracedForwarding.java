package io.sidetrace.sidecar;

import io.sidetrace.sidecar.config.ClusterDefinition;
import io.sidetrace.sidecar.config.Configuration;
import io.sidetrace.sidecar.config.Detection;
import io.sidetrace.sidecar.config.HttpConnectionManager;
import io.sidetrace.sidecar.config.HttpConnectionManager.RequestIds;
import io.sidetrace.sidecar.config.HttpConnectionManager.ServerHeader;
import io.sidetrace.sidecar.config.Listener;
import io.sidetrace.sidecar.config.Route;
import io.sidetrace.sidecar.config.SocketAddress;
import io.sidetrace.sidecar.config.TcpProxy;
import io.sidetrace.sidecar.config.TrafficDirection;
import io.sidetrace.sidecar.config.VirtualHost;
import java.time.Duration;
import java.util.List;

/// What a sidecar in a pod does before its configuration is there: all redirected traffic goes
/// where it was meant to go, and no header is added.
///
/// HTTP is served as HTTP already, so that connections which stay open are traced as soon as the
/// configuration comes: it has listeners of the same names.
final class UntracedForwarding {
  /// The ports that the redirect of a pod leads to.
  private static final int INBOUND_PORT = 15006;

  private static final int OUTBOUND_PORT = 15001;

  /// As long as the kernel itself would try.
  private static final Duration CONNECT_TIMEOUT = Duration.ofMinutes(2);

  /// Larger heads than any server's own limit, so that this one is never felt.
  private static final int MAX_HEAD_KB = 256;

  private UntracedForwarding() {}

  static Configuration configuration() {
    return new Configuration(
        "",
        List.of(
            listener("inbound", TrafficDirection.INBOUND, INBOUND_PORT, "0.0.0.0", "::"),
            listener("outbound", TrafficDirection.OUTBOUND, OUTBOUND_PORT, "127.0.0.1", "::1")),
        List.of(cluster("inbound"), cluster("outbound")));
  }

  private static Listener listener(
      String name, TrafficDirection direction, int port, String address, String address6) {
    return new Listener(
        name,
        List.of(new SocketAddress(address, port), new SocketAddress(address6, port)),
        direction,
        true,
        Detection.HTTP1_AND_HTTP2,
        Duration.ZERO,
        http(name),
        new TcpProxy(name, name));
  }

  private static HttpConnectionManager http(String cluster) {
    var everything =
        new Route(new Route.PathMatch.Prefix("/"), List.of(), cluster, Duration.ZERO, null, null);
    return new HttpConnectionManager(
        cluster,
        List.of(new VirtualHost("all", List.of("*"), List.of(everything))),
        new RequestIds(false, true, false, false, false, false, List.of()),
        ServerHeader.PASS_THROUGH,
        "",
        Duration.ZERO,
        Duration.ZERO,
        Duration.ZERO,
        MAX_HEAD_KB,
        null);
  }

  private static ClusterDefinition cluster(String name) {
    return new ClusterDefinition(
        name, ClusterDefinition.Type.ORIGINAL_DST, CONNECT_TIMEOUT, List.of());
  }
}
