package io.sidetrace.sidecar.format;

/// Operators without parameters that stand for a text; the constants are Envoy's names.
public enum TextFact {
  /// `HTTP/1.1`, `HTTP/1.0` or `HTTP/2`.
  PROTOCOL,
  RESPONSE_FLAGS,
  /// `ip:port`.
  UPSTREAM_HOST,
  UPSTREAM_CLUSTER,
  ROUTE_NAME,
  /// The client's `ip:port`: without `use_remote_address` the last of `x-forwarded-for`, with port
  /// 0, where that is an address.
  DOWNSTREAM_REMOTE_ADDRESS,
  DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT,
  /// The `ip:port` of the connection's peer, whatever fields say.
  DOWNSTREAM_DIRECT_REMOTE_ADDRESS,
  DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT,
  /// The `ip:port` that the client connected to, before any redirection.
  DOWNSTREAM_LOCAL_ADDRESS,
  DOWNSTREAM_LOCAL_ADDRESS_WITHOUT_PORT,
  TRACE_ID,
  SPAN_ID,
  /// The `x-request-id` that goes upstream.
  STREAM_ID
}
