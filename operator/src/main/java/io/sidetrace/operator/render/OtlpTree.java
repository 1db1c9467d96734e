package io.sidetrace.operator.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sidetrace.operator.api.HeaderField;
import io.sidetrace.operator.api.OpenTelemetryProvider;
import io.sidetrace.operator.api.Sampler;
import java.util.Map;
import java.util.Objects;

/// Envoy's `OpenTelemetryConfig`.
final class OtlpTree {
  private static final String PATH = "/v1/traces"; // OTLP's own
  private static final String EXTENSIONS = "envoy.extensions.tracers.opentelemetry.";
  private static final String NAMES = "envoy.tracers.opentelemetry.";

  private OtlpTree() {}

  static ObjectNode of(OpenTelemetryProvider otlp, CollectorTarget target) {
    var provider = TypedConfig.object();
    var config =
        TypedConfig.message(
            provider, "envoy.tracers.opentelemetry", "envoy.config.trace.v3.OpenTelemetryConfig");
    switch (otlp.protocol()) {
      case GRPC -> addGrpcService(otlp, target, config.putObject("grpc_service"));
      case HTTP -> addHttpService(otlp, target, config.putObject("http_service"));
    }
    addResourceDetectors(otlp.resourceAttributes(), config);
    if (otlp.sampler() != null) {
      addSampler(otlp.sampler(), config.putObject("sampler"));
    }
    return provider;
  }

  private static void addGrpcService(
      OpenTelemetryProvider otlp, CollectorTarget target, ObjectNode service) {
    service
        .putObject("envoy_grpc")
        .put("cluster_name", target.cluster())
        .put("authority", authority(otlp, target));
    service.put("timeout", Seconds.format(otlp.timeout()));
    if (!otlp.headers().isEmpty()) {
      var metadata = service.putArray("initial_metadata");
      otlp.headers().forEach(header -> addHeader(header, metadata.addObject()));
    }
  }

  private static void addHttpService(
      OpenTelemetryProvider otlp, CollectorTarget target, ObjectNode service) {
    var scheme = target.isTls() ? "https://" : "http://";
    var path = Objects.requireNonNullElse(otlp.path(), PATH);
    service
        .putObject("http_uri")
        .put("uri", scheme + authority(otlp, target) + path)
        .put("cluster", target.cluster())
        .put("timeout", Seconds.format(otlp.timeout()));
    if (!otlp.headers().isEmpty()) {
      var added = service.putArray("request_headers_to_add");
      otlp.headers().forEach(header -> addHeader(header, added.addObject().putObject("header")));
    }
  }

  private static String authority(OpenTelemetryProvider otlp, CollectorTarget target) {
    return Objects.requireNonNullElseGet(otlp.collectorHostname(), target::authority);
  }

  private static void addHeader(HeaderField header, ObjectNode tree) {
    tree.put("key", header.name()).put("value", header.value());
  }

  /// What the pod says of itself, and over it what the config says: of an attribute that two
  /// detectors have, the later one's counts.
  private static void addResourceDetectors(Map<String, String> attributes, ObjectNode config) {
    var detectors = config.putArray("resource_detectors");
    TypedConfig.message(
        detectors.addObject(),
        NAMES + "resource_detectors.environment",
        EXTENSIONS + "resource_detectors.v3.EnvironmentResourceDetectorConfig");
    if (!attributes.isEmpty()) {
      var tree =
          TypedConfig.message(
                  detectors.addObject(),
                  NAMES + "resource_detectors.static_config",
                  EXTENSIONS + "resource_detectors.v3.StaticConfigResourceDetectorConfig")
              .putObject("attributes");
      attributes.forEach(tree::put);
    }
  }

  private static void addSampler(Sampler sampler, ObjectNode tree) {
    var ratio = sampler.ratio();
    switch (sampler.type()) {
      case ALWAYS_ON ->
          TypedConfig.message(
              tree, NAMES + "samplers.always_on", EXTENSIONS + "samplers.v3.AlwaysOnSamplerConfig");
      case TRACE_ID_RATIO ->
          TypedConfig.message(
                  tree,
                  NAMES + "samplers.trace_id_ratio_based",
                  EXTENSIONS + "samplers.v3.TraceIdRatioBasedSamplerConfig")
              .set("sampling_percentage", Percentages.ofRatio(Objects.requireNonNull(ratio)));
      case PARENT_BASED -> {
        var wrapped =
            TypedConfig.message(
                    tree,
                    NAMES + "samplers.parent_based",
                    EXTENSIONS + "samplers.v3.ParentBasedSamplerConfig")
                .putObject("wrapped_sampler");
        addSampler(
            ratio == null
                ? new Sampler(Sampler.Type.ALWAYS_ON, null)
                : new Sampler(Sampler.Type.TRACE_ID_RATIO, ratio),
            wrapped);
      }
    }
  }
}
