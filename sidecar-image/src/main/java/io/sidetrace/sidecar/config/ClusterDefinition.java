package io.sidetrace.sidecar.config;

import java.time.Duration;
import java.util.List;

/// A named set of endpoints. Those of `ORIGINAL_DST` are where connections were meant to go, so it
/// lists none.
public record ClusterDefinition(
    String name,
    Type type,
    Duration connectTimeout,
    List<SocketAddress> endpoints,
    DnsLookupFamily dnsLookupFamily) {
  public ClusterDefinition {
    endpoints = List.copyOf(endpoints);
  }

  public ClusterDefinition(
      String name, Type type, Duration connectTimeout, List<SocketAddress> endpoints) {
    this(name, type, connectTimeout, endpoints, DnsLookupFamily.AUTO);
  }

  /// How endpoints are found.
  public enum Type {
    STATIC,
    STRICT_DNS,
    LOGICAL_DNS,
    ORIGINAL_DST
  }

  /// Which of a name's addresses are used. `AUTO`: those of IPv6 if there are any, else of IPv4;
  /// `V4_PREFERRED`: the other way round; `ALL`: both.
  public enum DnsLookupFamily {
    AUTO,
    V4_ONLY,
    V6_ONLY,
    V4_PREFERRED,
    ALL
  }
}
