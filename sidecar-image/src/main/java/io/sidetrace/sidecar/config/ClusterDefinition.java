package io.sidetrace.sidecar.config;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A named set of endpoints. Those of `ORIGINAL_DST` are where connections were meant to go, so it
/// lists none.
///
/// @param tls null: connections are as they are
/// @param http the version of HTTP that endpoints are spoken to in
public record ClusterDefinition(
    String name,
    Type type,
    Duration connectTimeout,
    List<SocketAddress> endpoints,
    DnsLookupFamily dnsLookupFamily,
    @Nullable UpstreamTls tls,
    Http http) {
  public ClusterDefinition {
    endpoints = List.copyOf(endpoints);
  }

  /// A cluster without TLS, of whichever family, in its type's usual version of HTTP.
  public ClusterDefinition(
      String name, Type type, Duration connectTimeout, List<SocketAddress> endpoints) {
    this(name, type, connectTimeout, endpoints, DnsLookupFamily.AUTO, null);
  }

  /// A cluster in its type's usual version of HTTP.
  public ClusterDefinition(
      String name,
      Type type,
      Duration connectTimeout,
      List<SocketAddress> endpoints,
      DnsLookupFamily dnsLookupFamily,
      @Nullable UpstreamTls tls) {
    this(
        name,
        type,
        connectTimeout,
        endpoints,
        dnsLookupFamily,
        tls,
        type == Type.ORIGINAL_DST ? Http.OF_CLIENT : Http.HTTP1);
  }

  /// Versions of HTTP.
  public enum Http {
    /// Whichever the client speaks: of original destinations only.
    OF_CLIENT,
    HTTP1,
    HTTP2
  }

  /// How endpoints are found.
  public enum Type {
    STATIC,
    STRICT_DNS,
    LOGICAL_DNS,
    ORIGINAL_DST
  }

  /// Which of a name's addresses are used: those of IPv4 where there are any, else those of IPv6;
  /// with `V4_ONLY` never those of IPv6.
  public enum DnsLookupFamily {
    AUTO,
    V4_ONLY,
    V4_PREFERRED
  }
}
