package io.sidetrace.sidecar.config;

import java.time.Duration;
import java.util.List;

/// Relays bytes to a cluster as they come.
///
/// @param idleTimeout how long neither side may be silent together; zero: without end
public record TcpProxy(
    String statPrefix, String cluster, Duration idleTimeout, List<AccessLog> accessLogs) {
  public TcpProxy {
    accessLogs = List.copyOf(accessLogs);
  }

  public TcpProxy(String statPrefix, String cluster, Duration idleTimeout) {
    this(statPrefix, cluster, idleTimeout, List.of());
  }

  public TcpProxy(String statPrefix, String cluster) {
    this(statPrefix, cluster, Duration.ZERO);
  }
}
