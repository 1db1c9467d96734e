package io.sidetrace.sidecar.exchange;

/// What the data plane counts. Those that end in `ACTIVE` go up and down.
public enum Counter {
  CONNECTIONS,
  CONNECTIONS_ACTIVE,
  /// Connections whose original destination is our own port, or that were not redirected at all.
  CONNECTIONS_WITHOUT_DESTINATION,
  /// Connections that no filter chain of their listener serves.
  CONNECTIONS_UNSERVED,
  CONNECTIONS_HTTP1,
  CONNECTIONS_HTTP2,
  CONNECTIONS_TLS,
  CONNECTIONS_TCP,
  /// Connections closed because nothing had happened on them for too long.
  CONNECTIONS_IDLE_TIMEOUTS,
  REQUESTS,
  REQUESTS_ACTIVE,
  /// Requests refused for their form.
  REQUESTS_MALFORMED,
  /// Requests given up because they, or their responses, took too long.
  REQUESTS_TIMEOUTS,
  RESPONSES_MALFORMED,
  /// HTTP/2 connections ended because of what their client sent: malformed frames or header blocks.
  HTTP2_PROTOCOL_ERRORS,
  /// HTTP/2 connections ended because a header block was too large, or came in too many pieces.
  HTTP2_HEADERS_TOO_LARGE,
  /// HTTP/2 connections ended because of too many frames that carry nothing.
  HTTP2_CONTROL_FLOODS,
  /// HTTP/2 connections ended because too many requests were given up at once.
  HTTP2_RESET_FLOODS,
  /// HTTP/2 streams refused because too many were open, or because the connection was ending.
  HTTP2_STREAMS_REFUSED,
  /// HTTP/2 connections to a gateway, which serves HTTP/1 only.
  HTTP2_GATEWAY_REFUSED,
  /// Upstream connections that did not come to stand.
  UPSTREAM_CONNECT_FAILURES,
  /// Calls into tracing that threw; the request went on without.
  TRACING_FAILURES
}
