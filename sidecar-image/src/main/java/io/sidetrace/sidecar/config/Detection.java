package io.sidetrace.sidecar.config;

/// What a listener looks for in a connection's first bytes, to tell HTTP from the rest.
public enum Detection {
  /// Nothing: one filter serves all connections.
  NONE,
  HTTP1,
  /// HTTP/2 with prior knowledge too.
  HTTP1_AND_HTTP2
}
