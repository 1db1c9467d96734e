package io.sidetrace.operator.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sidetrace.operator.api.ZipkinProvider;
import io.sidetrace.operator.api.ZipkinProvider.EndpointVersion;
import io.sidetrace.operator.api.ZipkinProvider.TraceContextOption;

/// Envoy's `ZipkinConfig`.
final class ZipkinTree {
  private ZipkinTree() {}

  static ObjectNode of(ZipkinProvider zipkin, CollectorTarget target) {
    var provider = TypedConfig.object();
    var config =
        TypedConfig.message(provider, "envoy.tracers.zipkin", "envoy.config.trace.v3.ZipkinConfig")
            .put("collector_cluster", target.cluster())
            .put("collector_endpoint", zipkin.collectorEndpoint())
            .put("collector_endpoint_version", version(zipkin.collectorEndpointVersion()));
    if (zipkin.collectorHostname() != null) {
      config.put("collector_hostname", zipkin.collectorHostname());
    }
    config
        .put("shared_span_context", zipkin.sharedSpanContext())
        .put("trace_id_128bit", zipkin.traceId128Bit());
    if (zipkin.traceContextOption() != TraceContextOption.USE_B3) {
      config.put("trace_context_option", zipkin.traceContextOption().name());
    }
    if (zipkin.timestampTraceIds()) {
      config.put("timestamp_trace_ids", true);
    }
    return provider;
  }

  /// Envoy refuses the first version by name. The endpoint says the same, and the sidecar goes by
  /// it.
  private static String version(EndpointVersion version) {
    return switch (version) {
      case HTTP_JSON, HTTP_JSON_V1 -> "HTTP_JSON";
      case HTTP_PROTO -> "HTTP_PROTO";
    };
  }
}
