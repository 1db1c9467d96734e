package io.sidetrace.sidecar.export.zipkin;

import io.sidetrace.sidecar.config.Node;
import io.sidetrace.sidecar.config.provider.Zipkin;
import io.sidetrace.sidecar.config.provider.Zipkin.Version;
import io.sidetrace.sidecar.export.HttpCollector;
import io.sidetrace.sidecar.export.Protocol;
import io.sidetrace.sidecar.export.SpanEncoder;
import java.net.InetAddress;
import java.time.Duration;

/// Chooses how a Zipkin collector is spoken to.
public final class ZipkinProtocol {
  /// Where the article's configurations post to, and where only version 1 is understood.
  private static final String V1_PATH = "/api/v1/spans";

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
    boolean v1 =
        settings.version() == Version.HTTP_JSON_V1
            || settings.collectorEndpoint().endsWith(V1_PATH);
    return v1 ? new JsonV1Encoder(endpoint) : new JsonV2Encoder(endpoint);
  }
}
