package io.sidetrace.operator.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sidetrace.operator.api.DatadogProvider;
import io.sidetrace.operator.api.JaegerProvider;
import io.sidetrace.operator.api.LightstepProvider;
import io.sidetrace.operator.api.OpenTelemetryProvider;
import io.sidetrace.operator.api.ProviderChoice;
import io.sidetrace.operator.api.Sampling;
import io.sidetrace.operator.api.SkyWalkingProvider;
import io.sidetrace.operator.api.XRayProvider;
import io.sidetrace.operator.api.ZipkinProvider;
import java.util.Objects;

/// The provider within the tracing object: one of Envoy's own. Jaeger and LightStep have none there
/// and are rendered as what they take.
final class ProviderTree {
  /// OpenTelemetry's word for a service without a name. Envoy refuses a Datadog or an X-Ray without
  /// one; the sidecar takes it for the pod's own.
  static final String UNKNOWN = "unknown_service";

  private ProviderTree() {}

  static ObjectNode of(ProviderChoice provider, CollectorTarget target, Sampling sampling) {
    return switch (provider) {
      case ZipkinProvider zipkin -> ZipkinTree.of(zipkin, target);
      case JaegerProvider jaeger -> jaeger(jaeger, target);
      case OpenTelemetryProvider otlp -> OtlpTree.of(otlp, target);
      case DatadogProvider datadog -> datadog(datadog, target);
      case SkyWalkingProvider skywalking -> skywalking(skywalking, target);
      case XRayProvider xray -> XRayTree.of(xray, target, sampling);
      case LightstepProvider lightstep -> OtlpTree.of(asOtlp(lightstep), target);
    };
  }

  private static ObjectNode jaeger(JaegerProvider jaeger, CollectorTarget target) {
    return switch (jaeger.protocol()) {
      case OTLP_GRPC -> OtlpTree.of(asOtlp(jaeger, OpenTelemetryProvider.Protocol.GRPC), target);
      case OTLP_HTTP -> OtlpTree.of(asOtlp(jaeger, OpenTelemetryProvider.Protocol.HTTP), target);
      case ZIPKIN -> ZipkinTree.of(asZipkin(jaeger, target), target);
    };
  }

  private static OpenTelemetryProvider asOtlp(
      JaegerProvider jaeger, OpenTelemetryProvider.Protocol protocol) {
    return new OpenTelemetryProvider(
        protocol, jaeger.path(), jaeger.collectorHostname(), null, null, null, jaeger.timeout());
  }

  /// Two spans for a call: Jaeger takes an identifier that two share for one span's.
  private static ZipkinProvider asZipkin(JaegerProvider jaeger, CollectorTarget target) {
    var hostname = jaeger.collectorHostname();
    return new ZipkinProvider(
        jaeger.path(),
        null,
        hostname == null ? target.authority() : hostname,
        false,
        jaeger.traceId128Bit(),
        null,
        null);
  }

  private static OpenTelemetryProvider asOtlp(LightstepProvider lightstep) {
    return new OpenTelemetryProvider(
        lightstep.protocol(),
        lightstep.path(),
        lightstep.collectorHostname(),
        null,
        null,
        null,
        lightstep.timeout());
  }

  private static ObjectNode datadog(DatadogProvider datadog, CollectorTarget target) {
    var provider = TypedConfig.object();
    var config =
        TypedConfig.message(
                provider, "envoy.tracers.datadog", "envoy.config.trace.v3.DatadogConfig")
            .put("collector_cluster", target.cluster())
            .put("service_name", Objects.requireNonNullElse(datadog.serviceName(), UNKNOWN));
    if (datadog.collectorHostname() != null) {
      config.put("collector_hostname", datadog.collectorHostname());
    }
    return provider;
  }

  /// Without an instance: both data planes take the node's, which is the pod.
  private static ObjectNode skywalking(SkyWalkingProvider skywalking, CollectorTarget target) {
    var provider = TypedConfig.object();
    var config =
        TypedConfig.message(
            provider, "envoy.tracers.skywalking", "envoy.config.trace.v3.SkyWalkingConfig");
    config
        .putObject("grpc_service")
        .putObject("envoy_grpc")
        .put("cluster_name", target.cluster())
        .put("authority", target.authority());
    if (skywalking.serviceName() != null) {
      config.putObject("client_config").put("service_name", skywalking.serviceName());
    }
    return provider;
  }
}
