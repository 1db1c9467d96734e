package io.sidetrace.sidecar.config;

/// What ends a filter chain.
sealed interface NetworkFilter {
  /// The same, as the chain's metadata asks for it.
  NetworkFilter asked(ChainMetadata metadata);

  /// Serves HTTP.
  ///
  /// @param codec which versions of it
  /// @param operationName the direction that the form of 2018 gives in `tracing`; `UNSPECIFIED`
  ///   without
  record Http(HttpConnectionManager manager, Codec codec, TrafficDirection operationName)
      implements NetworkFilter {
    /// Requests make spans already; that it was asked for is refused.
    @Override
    public NetworkFilter asked(ChainMetadata metadata) {
      HttpTracing tracing = manager.tracing();
      return tracing == null
          ? this
          : new Http(manager.with(tracing.with(metadata.tracing())), codec, operationName);
    }
  }

  /// Envoy's `codec_type`.
  enum Codec {
    AUTO,
    HTTP1
  }

  record Tcp(TcpProxy proxy) implements NetworkFilter {
    @Override
    public NetworkFilter asked(ChainMetadata metadata) {
      return metadata.connectionSpans() ? new Tcp(proxy.withConnectionSpans()) : this;
    }
  }
}
