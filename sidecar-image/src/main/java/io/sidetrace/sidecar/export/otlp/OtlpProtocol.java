package io.sidetrace.sidecar.export.otlp;

import io.sidetrace.sidecar.config.Node;
import io.sidetrace.sidecar.config.provider.Lightstep;
import io.sidetrace.sidecar.config.provider.MessageField;
import io.sidetrace.sidecar.config.provider.OpenTelemetry;
import io.sidetrace.sidecar.config.provider.OtlpService;
import io.sidetrace.sidecar.export.HttpCollector;
import io.sidetrace.sidecar.export.Protocol;
import io.sidetrace.sidecar.export.grpc.GrpcCollector;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Chooses how a collector of OpenTelemetry's protocol is spoken to.
public final class OtlpProtocol {
  private static final String METHOD =
      "/opentelemetry.proto.collector.trace.v1.TraceService/Export";

  private static final String TOKEN = "lightstep-access-token";

  /// Envoy's for LightStep.
  private static final Duration LIGHTSTEP_TIMEOUT = Duration.ofSeconds(5);

  private OtlpProtocol() {}

  /// By the settings of one provider.
  ///
  /// @param version of this program
  public static Protocol of(OpenTelemetry settings, Node node, String version) {
    String service = settings.serviceName().isEmpty() ? node.cluster() : settings.serviceName();
    OtlpResource resource = resource(service, settings.resource(), version);
    return switch (settings.service()) {
      case OtlpService.Grpc grpc -> grpc(grpc, resource);
      case OtlpService.Http(var cluster, var host, var path, var timeout, var fields) ->
          new HttpCollector(cluster, host, path, timeout, fields, () -> new OtlpEncoder(resource));
    };
  }

  /// LightStep's collectors tell projects apart by a field.
  public static Protocol of(Lightstep settings, Node node, String version) {
    MessageField token = new MessageField(TOKEN, settings.accessToken(), "");
    return grpc(
        new OtlpService.Grpc(settings.collectorCluster(), "", LIGHTSTEP_TIMEOUT, List.of(token)),
        resource(node.cluster(), Map.of(), version));
  }

  private static GrpcCollector grpc(OtlpService.Grpc service, OtlpResource resource) {
    String authority = service.authority().isEmpty() ? service.cluster() : service.authority();
    return new GrpcCollector(
        service.cluster(),
        authority,
        METHOD,
        service.timeout(),
        service.metadata(),
        () -> new OtlpEncoder(resource));
  }

  /// What is configured or detected is believed before what is known by itself.
  private static OtlpResource resource(
      String service, Map<String, String> detected, String version) {
    Map<String, String> attributes = new HashMap<>();
    attributes.put("service.name", service.isEmpty() ? "unknown_service:sidetrace" : service);
    attributes.put("telemetry.sdk.language", "java");
    attributes.put("telemetry.sdk.name", "sidetrace");
    attributes.put("telemetry.sdk.version", version);
    attributes.putAll(detected);
    return new OtlpResource(attributes, version);
  }
}
