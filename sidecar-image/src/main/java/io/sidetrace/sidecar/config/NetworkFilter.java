package io.sidetrace.sidecar.config;

/// What ends a filter chain.
sealed interface NetworkFilter {
  /// Serves HTTP.
  ///
  /// @param operationName the direction that the form of 2018 gives in `tracing`; `UNSPECIFIED`
  ///   without
  record Http(HttpConnectionManager manager, TrafficDirection operationName)
      implements NetworkFilter {}

  record Tcp(TcpProxy proxy) implements NetworkFilter {}
}
