package io.sidetrace.sidecar.config;

import java.time.Duration;

/// Relays bytes to a cluster as they come.
///
/// @param idleTimeout how long neither side may be silent together; zero: without end
public record TcpProxy(String statPrefix, String cluster, Duration idleTimeout) {
  public TcpProxy(String statPrefix, String cluster) {
    this(statPrefix, cluster, Duration.ZERO);
  }
}
