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
  /// Upstream connections that did not come to stand.
  UPSTREAM_CONNECT_FAILURES,
  /// Calls into tracing that threw; the request went on without.
  TRACING_FAILURES
}
