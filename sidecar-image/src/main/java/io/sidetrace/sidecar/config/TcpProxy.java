package io.sidetrace.sidecar.config;

import java.time.Duration;
import java.util.List;

/// Relays bytes to a cluster as they come.
///
/// @param idleTimeout how long neither side may be silent together; zero: without end
/// @param connectionSpans whether each connection makes a span
public record TcpProxy(
    String statPrefix,
    String cluster,
    Duration idleTimeout,
    List<AccessLog> accessLogs,
    boolean connectionSpans) {
  public TcpProxy {
    accessLogs = List.copyOf(accessLogs);
  }

  public TcpProxy(
      String statPrefix, String cluster, Duration idleTimeout, List<AccessLog> accessLogs) {
    this(statPrefix, cluster, idleTimeout, accessLogs, false);
  }

  public TcpProxy(String statPrefix, String cluster, Duration idleTimeout) {
    this(statPrefix, cluster, idleTimeout, List.of());
  }

  TcpProxy withConnectionSpans() {
    return new TcpProxy(statPrefix, cluster, idleTimeout, accessLogs, true);
  }

  public TcpProxy(String statPrefix, String cluster) {
    this(statPrefix, cluster, Duration.ZERO);
  }
}
