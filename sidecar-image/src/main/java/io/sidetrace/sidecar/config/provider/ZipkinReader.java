package io.sidetrace.sidecar.config.provider;

import io.sidetrace.sidecar.config.document.Field;
import io.sidetrace.sidecar.config.document.Message;
import io.sidetrace.sidecar.trace.Dialect.TraceIds;

/// Reads the settings of [Zipkin].
final class ZipkinReader {
  private final ClusterUse clusters;

  ZipkinReader(ClusterUse clusters) {
    this.clusters = clusters;
  }

  Zipkin read(Message message) {
    message.named("ZipkinConfig");
    message.unsupported("collector_service", "not supported yet (expected: collector_cluster)");
    message.field("split_spans_for_request").only(false, "two spans a hop are not supported yet");
    String cluster = clusters.http1(message.field("collector_cluster"));
    Field endpoint = message.field("collector_endpoint");
    String path = endpoint.requiredText();
    return new Zipkin(
        cluster,
        path,
        message.field("collector_hostname").text(cluster),
        version(message.field("collector_endpoint_version"), path),
        traceIds(message),
        message.field("shared_span_context").flag(true),
        message.field("trace_context_option").choice(Zipkin.TraceContextOption.USE_B3));
  }

  private static TraceIds traceIds(Message message) {
    boolean wide = message.field("trace_id_128bit").flag(false);
    if (message.field("timestamp_trace_ids").flag(false)) {
      return wide ? TraceIds.TIMESTAMPED_128 : TraceIds.TIMESTAMPED_64;
    }
    return wide ? TraceIds.ROOT_SPAN_128 : TraceIds.ROOT_SPAN_64;
  }

  /// The path decides where it names a version, because Envoy 1.40 no longer has a name for version
  /// 1 while collectors still have the path.
  private static Zipkin.Version version(Field field, String path) {
    Zipkin.Version version = field.choice(Zipkin.Version.HTTP_JSON_V1, Zipkin.Version.HTTP_JSON);
    if (path.endsWith("/api/v2/spans") && version == Zipkin.Version.HTTP_JSON_V1) {
      refuse(field, path, "HTTP_JSON or HTTP_PROTO");
    }
    if (path.endsWith("/api/v1/spans") && version == Zipkin.Version.HTTP_PROTO) {
      refuse(field, path, "HTTP_JSON, or the endpoint /api/v2/spans");
    }
    return path.endsWith("/api/v1/spans") ? Zipkin.Version.HTTP_JSON_V1 : version;
  }

  private static void refuse(Field field, String path, String expected) {
    field.refuse(
        "%s with the endpoint %s (expected: %s)"
            .formatted(field.isGiven() ? field.describe() : "missing", path, expected));
  }
}
