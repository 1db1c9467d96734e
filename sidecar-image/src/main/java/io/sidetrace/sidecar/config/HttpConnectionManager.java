package io.sidetrace.sidecar.config;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How HTTP connections are served. A duration of zero means no limit.
///
/// @param tracing null: requests make no span
public record HttpConnectionManager(
    String statPrefix,
    List<VirtualHost> virtualHosts,
    RequestIds requestIds,
    ServerHeader serverHeader,
    String serverName,
    Duration idleTimeout,
    Duration streamIdleTimeout,
    Duration requestHeadersTimeout,
    int maxRequestHeadersKb,
    @Nullable HttpTracing tracing,
    List<AccessLog> accessLogs) {
  public HttpConnectionManager {
    virtualHosts = List.copyOf(virtualHosts);
    accessLogs = List.copyOf(accessLogs);
  }

  /// Without access logs.
  public HttpConnectionManager(
      String statPrefix,
      List<VirtualHost> virtualHosts,
      RequestIds requestIds,
      ServerHeader serverHeader,
      String serverName,
      Duration idleTimeout,
      Duration streamIdleTimeout,
      Duration requestHeadersTimeout,
      int maxRequestHeadersKb,
      @Nullable HttpTracing tracing) {
    this(
        statPrefix,
        virtualHosts,
        requestIds,
        serverHeader,
        serverName,
        idleTimeout,
        streamIdleTimeout,
        requestHeadersTimeout,
        maxRequestHeadersKb,
        tracing,
        List.of());
  }

  /// The same, with that tracing.
  HttpConnectionManager with(HttpTracing changed) {
    return new HttpConnectionManager(
        statPrefix,
        virtualHosts,
        requestIds,
        serverHeader,
        serverName,
        idleTimeout,
        streamIdleTimeout,
        requestHeadersTimeout,
        maxRequestHeadersKb,
        changed,
        accessLogs);
  }

  /// Envoy's `server_header_transformation`.
  public enum ServerHeader {
    OVERWRITE,
    APPEND_IF_ABSENT,
    PASS_THROUGH
  }

  /// What happens to `x-request-id`.
  ///
  /// @param generate `generate_request_id`
  /// @param preserveExternal `preserve_external_request_id`
  /// @param alwaysInResponse `always_set_request_id_in_response`
  /// @param packTraceReason whether the sampling decision is written into the identifier
  /// @param useForSampling whether the identifier decides random sampling
  /// @param useRemoteAddress `use_remote_address`: the peer is the client itself, at the edge
  /// @param internalAddresses `internal_address_config`: whose requests are believed
  public record RequestIds(
      boolean generate,
      boolean preserveExternal,
      boolean alwaysInResponse,
      boolean packTraceReason,
      boolean useForSampling,
      boolean useRemoteAddress,
      List<CidrRange> internalAddresses) {
    public RequestIds {
      internalAddresses = List.copyOf(internalAddresses);
    }
  }

  /// Addresses that begin with the same bits.
  public record CidrRange(InetAddress address, int prefixLength) {}
}
