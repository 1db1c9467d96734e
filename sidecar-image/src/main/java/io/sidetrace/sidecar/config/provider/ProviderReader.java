package io.sidetrace.sidecar.config.provider;

import io.sidetrace.sidecar.config.document.Extensions;
import io.sidetrace.sidecar.config.document.Message;
import io.sidetrace.sidecar.trace.Dialect.TraceIds;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads a provider, whichever it is.
public final class ProviderReader {
  /// For a provider that was refused.
  public static final Provider PLACEHOLDER =
      new Zipkin("", "", "", Zipkin.Version.HTTP_JSON, TraceIds.ROOT_SPAN_64, true);

  private final ZipkinReader zipkin;
  private final Extensions<Provider> providers;

  /// @param clusters notes which clusters providers send to
  /// @param environment what detectors look at
  public ProviderReader(ClusterUse clusters, Map<String, String> environment, TextFiles files) {
    this.zipkin = new ZipkinReader(clusters);
    var openTelemetry = new OpenTelemetryReader(clusters, new ResourceReader(environment));
    var skyWalking = new SkyWalkingReader(openTelemetry);
    var lightstep = new LightstepReader(clusters);
    var datadog = new DatadogReader(clusters);
    var xray = new XRayReader(files);
    this.providers =
        new Extensions<Provider>()
            .with(
                "envoy.config.trace.v3.ZipkinConfig",
                zipkin::read,
                "envoy.tracers.zipkin",
                "envoy.zipkin")
            .with(
                "envoy.config.trace.v3.OpenTelemetryConfig",
                openTelemetry::read,
                "envoy.tracers.opentelemetry")
            .with(
                "envoy.config.trace.v3.SkyWalkingConfig",
                skyWalking::read,
                "envoy.tracers.skywalking")
            .with(
                "envoy.config.trace.v3.LightstepConfig",
                lightstep::read,
                "envoy.tracers.lightstep",
                "envoy.lightstep")
            .with(
                "envoy.config.trace.v3.DatadogConfig",
                datadog::read,
                "envoy.tracers.datadog",
                "envoy.datadog")
            .with("envoy.config.trace.v3.XRayConfig", xray::read, "envoy.tracers.xray");
  }

  /// A provider by `name` and `typed_config`; null when it is refused.
  public @Nullable Provider read(Message message) {
    message.named("Tracing.Http");
    return providers.read(message);
  }

  /// The settings of a Zipkin without a type, as the driver of 2017 has them.
  public Zipkin zipkin(Message message) {
    return zipkin.read(message);
  }
}
