package io.sidetrace.sidecar.tracing;

import io.sidetrace.sidecar.propagation.HeaderReader;

/// What tracing asks of a request head. Texts are made on demand, so that an unsampled request
/// makes none.
public interface TracedRequest extends HeaderReader {
  String method();

  /// The request target as it came, query included.
  String path();

  /// `HTTP/1.1`, `HTTP/1.0` or `HTTP/2`.
  String protocol();

  /// The Host field or `:authority`; empty when there is none.
  String authority();

  /// The address of the connection's peer, without port.
  String peerAddress();
}
