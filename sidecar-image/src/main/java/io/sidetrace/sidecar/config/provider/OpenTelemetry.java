package io.sidetrace.sidecar.config.provider;

import io.sidetrace.sidecar.trace.Dialect;
import io.sidetrace.sidecar.trace.Dialect.SpanNaming;
import io.sidetrace.sidecar.trace.Dialect.TraceIds;
import io.sidetrace.sidecar.trace.Dialect.Unsampled;
import io.sidetrace.sidecar.trace.HeaderFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Whatever speaks OpenTelemetry's protocol.
///
/// @param serviceName empty: the node's cluster
/// @param resource what detectors found out about the process, by name
public record OpenTelemetry(
    OtlpService service,
    String serviceName,
    Map<String, String> resource,
    OpenTelemetrySampler sampler)
    implements Provider {
  public OpenTelemetry {
    resource = Map.copyOf(resource);
  }

  @Override
  public Dialect dialect() {
    List<HeaderFormat> formats = List.of(HeaderFormat.TRACECONTEXT);
    return new Dialect(
        TraceIds.RANDOM_128,
        false,
        SpanNaming.DIRECTION,
        sampler.parentRule(),
        Unsampled.DROPPED,
        formats,
        formats,
        sampler.root());
  }

  @Override
  public String extension() {
    return "envoy.tracers.opentelemetry";
  }

  /// Without the values of metadata and fields, which may be credentials.
  @Override
  public Map<String, Object> settings() {
    var settings = new LinkedHashMap<String, Object>();
    switch (service) {
      case OtlpService.Grpc grpc -> {
        settings.put("grpc_service.envoy_grpc.cluster_name", grpc.cluster());
        settings.put("grpc_service.envoy_grpc.authority", grpc.authority());
        settings.put("grpc_service.timeout", seconds(grpc.timeout().toMillis()));
        settings.put("grpc_service.initial_metadata", names(grpc.metadata()));
      }
      case OtlpService.Http http -> {
        settings.put("http_service.http_uri.cluster", http.cluster());
        settings.put("http_service.http_uri.uri", "http://" + http.host() + http.path());
        settings.put("http_service.http_uri.timeout", seconds(http.timeout().toMillis()));
        settings.put("http_service.request_headers_to_add", names(http.fields()));
      }
    }
    settings.put("service_name", serviceName);
    settings.put("sampler", sampler.name());
    return settings;
  }

  private static String seconds(long millis) {
    return millis / 1000.0 + "s";
  }

  private static List<String> names(List<MessageField> fields) {
    return fields.stream().map(MessageField::name).toList();
  }
}
