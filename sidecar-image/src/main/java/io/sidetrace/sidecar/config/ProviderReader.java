package io.sidetrace.sidecar.config;

import io.sidetrace.sidecar.config.HttpTracing.Provider.Zipkin;
import io.sidetrace.sidecar.config.document.Extensions;
import io.sidetrace.sidecar.config.document.Field;
import io.sidetrace.sidecar.config.document.Message;
import org.jspecify.annotations.Nullable;

/// Reads tracers' configurations. Keeps the bootstrap's, which serves where a connection manager
/// names none.
final class ProviderReader {
  static final HttpTracing.Provider PLACEHOLDER =
      new Zipkin("", "", "", Zipkin.Version.HTTP_JSON, false, true);

  private final ClusterNames clusters;
  private final Extensions<HttpTracing.Provider> providers;
  private HttpTracing.@Nullable Provider otherwise;

  ProviderReader(ClusterNames clusters) {
    this.clusters = clusters;
    this.providers =
        new Extensions<HttpTracing.Provider>()
            .with(
                "envoy.config.trace.v3.ZipkinConfig",
                this::zipkin,
                "envoy.tracers.zipkin",
                "envoy.zipkin");
  }

  /// Reads the provider of a bootstrap in the form of 2018.
  void readDefault(Field tracing) {
    otherwise = tracing.message(message -> LegacyForms.provider(message, this));
  }

  /// The bootstrap's provider; null when it has none.
  HttpTracing.@Nullable Provider otherwise() {
    return otherwise;
  }

  /// A provider by `name` and `typed_config`; null when it is refused.
  HttpTracing.@Nullable Provider provider(Message message) {
    message.named("Tracing.Http");
    return providers.read(message);
  }

  Zipkin zipkin(Message message) {
    message.named("ZipkinConfig");
    message.unsupported("collector_service", "not supported yet (expected: collector_cluster)");
    message.field("split_spans_for_request").only(false, "two spans a hop are not supported yet");
    message.field("timestamp_trace_ids").only(false, "trace ids are random");
    message.field("trace_context_option").choice(TraceContextOption.USE_B3);
    String cluster = clusters.use(message.field("collector_cluster"));
    Field endpoint = message.field("collector_endpoint");
    String path = endpoint.requiredText();
    return new Zipkin(
        cluster,
        path,
        message.field("collector_hostname").text(cluster),
        version(message.field("collector_endpoint_version"), path),
        message.field("trace_id_128bit").flag(false),
        message.field("shared_span_context").flag(true));
  }

  /// The path decides where it names a version, because Envoy 1.40 no longer has a name for version
  /// 1 while collectors still have the path.
  private static Zipkin.Version version(Field field, String path) {
    Zipkin.Version version = field.choice(Zipkin.Version.HTTP_JSON_V1, Zipkin.Version.HTTP_JSON);
    if (path.endsWith("/api/v2/spans") && version == Zipkin.Version.HTTP_JSON_V1) {
      field.refuse(
          "%s with the endpoint %s (expected: HTTP_JSON)"
              .formatted(field.isGiven() ? field.describe() : "missing", path));
    }
    return path.endsWith("/api/v1/spans") ? Zipkin.Version.HTTP_JSON_V1 : version;
  }

  private enum TraceContextOption {
    USE_B3
  }
}
