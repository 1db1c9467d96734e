package io.sidetrace.sidecar.config;

import io.sidetrace.sidecar.config.provider.CollectorOptions;
import org.jspecify.annotations.Nullable;

/// What ends a filter chain.
sealed interface NetworkFilter {
  /// The same, whose connections make spans.
  NetworkFilter withConnectionSpans();

  /// The same, which sends its spans as is asked; null where it makes none.
  @Nullable NetworkFilter withCollector(CollectorOptions options);

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
    public @Nullable NetworkFilter withCollector(CollectorOptions options) {
      HttpTracing tracing = manager.tracing();
      return tracing == null
          ? null
          : new Http(manager.with(tracing.withCollector(options)), codec, operationName);
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

    /// Its spans are sent as those of the listener's requests are.
    @Override
    public @Nullable NetworkFilter withCollector(CollectorOptions options) {
      return null;
    }
  }
}
