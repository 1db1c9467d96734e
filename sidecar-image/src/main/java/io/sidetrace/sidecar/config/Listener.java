package io.sidetrace.sidecar.config;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One listener and what it does with a connection, by the protocol that its first bytes show.
///
/// @param addresses the `address` and the `additional_addresses`, never empty
/// @param originalDestination whether connections arrive redirected and go on to where they were
///   meant to go
/// @param detection which first bytes decide for `http` and against `tcp` (an `http_inspector`)
/// @param detectTimeout how long a silent client is waited for; zero: without end
/// @param http serves HTTP connections; null when there are none
/// @param tcp serves all other connections; null when they are refused
public record Listener(
    String name,
    List<SocketAddress> addresses,
    TrafficDirection direction,
    boolean originalDestination,
    Detection detection,
    Duration detectTimeout,
    @Nullable HttpConnectionManager http,
    @Nullable TcpProxy tcp) {
  public Listener {
    addresses = List.copyOf(addresses);
    if (http == null && tcp == null) {
      throw new IllegalArgumentException(
          "listener " + name + ": no filter chain (expected: at least one)");
    }
  }

  /// How connections that are not HTTP become spans: as the listener's requests do. Null when they
  /// become none.
  public @Nullable HttpTracing connectionTracing() {
    return tcp == null || http == null || !tcp.connectionSpans() ? null : http.tracing();
  }
}
