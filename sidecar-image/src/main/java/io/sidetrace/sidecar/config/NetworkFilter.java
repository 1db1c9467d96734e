package io.sidetrace.sidecar.config;

/// What ends a filter chain.
sealed interface NetworkFilter {
  /// The same, whose connections make spans.
  NetworkFilter withConnectionSpans();

  /// Serves HTTP.
  ///
  /// @param codec which versions of it
  /// @param operationName the direction that the form of 2018 gives in `tracing`; `UNSPECIFIED`
  ///   without
  record Http(HttpConnectionManager manager, Codec codec, TrafficDirection operationName)
      implements NetworkFilter {
    /// Requests do so already; that it was asked for is refused.
    @Override
    public NetworkFilter withConnectionSpans() {
      return this;
    }
  }

  /// Envoy's `codec_type`.
  enum Codec {
    AUTO,
    HTTP1
  }

  record Tcp(TcpProxy proxy) implements NetworkFilter {
    @Override
    public NetworkFilter withConnectionSpans() {
      return new Tcp(proxy.withConnectionSpans());
    }
  }
}
