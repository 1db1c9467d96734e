package io.sidetrace.sidecar.export.zipkin;

import io.sidetrace.sidecar.config.Node;
import io.sidetrace.sidecar.config.provider.Zipkin;
import io.sidetrace.sidecar.export.HttpCollector;
import io.sidetrace.sidecar.export.Protocol;
import io.sidetrace.sidecar.export.SpanEncoder;
import java.net.InetAddress;
import java.time.Duration;

/// Chooses how a Zipkin collector is spoken to.
public final class ZipkinProtocol {
  /// Envoy's `tracing.zipkin.request_timeout`.
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);

  private ZipkinProtocol() {}

  /// By the settings of one provider.
  ///
  /// @param local the address that this sidecar's spans name as their own
  public static Protocol of(Zipkin settings, Node node, InetAddress local) {
    LocalEndpoint endpoint = new LocalEndpoint(node.cluster(), local);
    String cluster = settings.collectorCluster();
    String host = settings.collectorHostname().isEmpty() ? cluster : settings.collectorHostname();
    return new HttpCollector(
        cluster,
        host,
        settings.collectorEndpoint(),
        REQUEST_TIMEOUT,
        () -> encoder(settings, endpoint));
  }

  private static SpanEncoder encoder(Zipkin settings, LocalEndpoint endpoint) {
    return switch (settings.version()) {
      case HTTP_JSON_V1 -> new JsonV1Encoder(endpoint);
      case HTTP_JSON -> new JsonV2Encoder(endpoint);
      case HTTP_PROTO -> new ProtobufEncoder(endpoint);
    };
  }
}
