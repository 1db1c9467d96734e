package io.sidetrace.sidecar.config;

/// What ends a filter chain.
sealed interface NetworkFilter {
  /// The same, whose connections make spans.
  NetworkFilter withConnectionSpans();

  /// The same, whose requests are sampled within these bounds. Where nothing is traced there is
  /// nothing to bound.
  NetworkFilter within(SamplingBounds bounds);

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

    @Override
    public NetworkFilter within(SamplingBounds bounds) {
      HttpTracing tracing = manager.tracing();
      return tracing == null
          ? this
          : new Http(manager.withTracing(tracing.within(bounds)), codec, operationName);
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

    /// Connections are sampled as the listener's requests are; bounds of their own are refused.
    @Override
    public NetworkFilter within(SamplingBounds bounds) {
      return this;
    }
  }
}
