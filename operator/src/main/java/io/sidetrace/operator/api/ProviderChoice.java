package io.sidetrace.operator.api;

/// Exactly one of these makes the spans of a configuration.
public sealed interface ProviderChoice
    permits ZipkinProvider,
        JaegerProvider,
        OpenTelemetryProvider,
        DatadogProvider,
        SkyWalkingProvider,
        XRayProvider,
        LightstepProvider {
  /// Its key in a TracingConfig, such as `zipkin`.
  String key();

  /// How its spans travel to the collector.
  Transport transport();

  /// How spans travel.
  enum Transport {
    HTTP,
    /// HTTP/2, so the collector cluster must speak it.
    GRPC,
    /// Datagrams: without TLS, and without anything to put a credential into.
    UDP
  }
}
