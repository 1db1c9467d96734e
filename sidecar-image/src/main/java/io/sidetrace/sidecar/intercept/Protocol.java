package io.sidetrace.sidecar.intercept;

/// What the first bytes of a connection show.
public enum Protocol {
  /// More bytes are needed.
  UNDECIDED,
  /// A request line that ends in `HTTP/1.0` or `HTTP/1.1`.
  HTTP1,
  /// HTTP/2 with prior knowledge.
  HTTP2,
  /// A TLS handshake.
  TLS,
  /// None of these.
  OTHER
}
