package io.sidetrace.operator.validate;

import io.sidetrace.operator.api.DatadogProvider;
import io.sidetrace.operator.api.JaegerProvider;
import io.sidetrace.operator.api.LightstepProvider;
import io.sidetrace.operator.api.OpenTelemetryProvider;
import io.sidetrace.operator.api.ProviderChoice;
import io.sidetrace.operator.api.SkyWalkingProvider;
import io.sidetrace.operator.api.XRayProvider;
import io.sidetrace.operator.api.ZipkinProvider;
import io.sidetrace.operator.api.ZipkinProvider.EndpointVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the fields of a provider must keep to.
final class ProviderRules {
  private final String field;
  private final List<Violation> violations;

  private ProviderRules(ProviderChoice provider, List<Violation> violations) {
    this.field = "spec.provider." + provider.key();
    this.violations = violations;
  }

  static void check(ProviderChoice provider, List<Violation> violations) {
    var rules = new ProviderRules(provider, violations);
    switch (provider) {
      case ZipkinProvider zipkin -> rules.checkZipkin(zipkin);
      case JaegerProvider jaeger -> rules.checkJaeger(jaeger);
      case OpenTelemetryProvider otlp -> rules.checkOpenTelemetry(otlp);
      case DatadogProvider datadog -> rules.checkHostname(datadog.collectorHostname());
      case SkyWalkingProvider _ -> {} // whatever its service is called
      case XRayProvider xray -> rules.checkXRay(xray);
      case LightstepProvider lightstep -> rules.checkLightstep(lightstep);
    }
  }

  private void checkZipkin(ZipkinProvider zipkin) {
    var endpoint = zipkin.collectorEndpoint();
    if (!Forms.isPath(endpoint)) {
      report(".collectorEndpoint", endpoint, "a path that starts with /, such as /api/v2/spans");
    }
    var version = zipkin.collectorEndpointVersion();
    var isFirst = ZipkinProvider.isFirstApi(endpoint);
    if (isFirst && version != EndpointVersion.HTTP_JSON_V1) {
      report(
          ".collectorEndpointVersion",
          version + " with collectorEndpoint " + endpoint,
          "HTTP_JSON_V1, or collectorEndpoint /api/v2/spans");
    }
    if (!isFirst && version == EndpointVersion.HTTP_JSON_V1) {
      report(
          ".collectorEndpoint",
          endpoint + " with collectorEndpointVersion HTTP_JSON_V1",
          "/api/v1/spans, or collectorEndpointVersion HTTP_JSON or HTTP_PROTO");
    }
    checkHostname(zipkin.collectorHostname());
  }

  private void checkJaeger(JaegerProvider jaeger) {
    var protocol = jaeger.protocol();
    var isZipkin = protocol == JaegerProvider.Protocol.ZIPKIN;
    var hasPath = protocol != JaegerProvider.Protocol.OTLP_GRPC;
    checkPath(jaeger.path(), hasPath, "OTLP_GRPC", "OTLP_HTTP or ZIPKIN");
    checkHostname(jaeger.collectorHostname());
    if (jaeger.traceId128Bit() != null && !isZipkin) {
      report(
          ".traceId128Bit",
          jaeger.traceId128Bit() + " with protocol " + protocol,
          "none, since identifiers in OTLP always have 128 bits");
    }
    var timeout = jaeger.timeout();
    if (timeout != null && isZipkin) {
      report(
          ".timeout",
          timeout + " with protocol ZIPKIN",
          "none, or protocol OTLP_GRPC or OTLP_HTTP");
    } else {
      checkTimeout(timeout);
    }
  }

  private void checkOpenTelemetry(OpenTelemetryProvider otlp) {
    var isHttp = otlp.protocol() == OpenTelemetryProvider.Protocol.HTTP;
    checkPath(otlp.path(), isHttp, "GRPC", "HTTP");
    checkHostname(otlp.collectorHostname());
    OpenTelemetryRules.check(otlp, violations);
    checkTimeout(otlp.timeout());
  }

  private void checkXRay(XRayProvider xray) {
    var manifest = xray.samplingRuleManifest();
    if (manifest == null) {
      return;
    }
    if (xray.samplingBy() == XRayProvider.SamplingBy.TRACING_CONFIG) {
      report(
          ".samplingRuleManifest",
          "given with samplingBy TRACING_CONFIG",
          "none, or samplingBy XRAY");
    }
    var fault = SamplingManifest.fault(manifest);
    if (fault != null) {
      report(".samplingRuleManifest", fault.value(), fault.expected());
    }
  }

  private void checkLightstep(LightstepProvider lightstep) {
    var isHttp = lightstep.protocol() == OpenTelemetryProvider.Protocol.HTTP;
    checkPath(lightstep.path(), isHttp, "GRPC", "HTTP");
    checkHostname(lightstep.collectorHostname());
    checkTimeout(lightstep.timeout());
  }

  private void checkPath(
      @Nullable String path, boolean hasPath, String without, String protocolsWith) {
    if (path == null) {
      return;
    }
    if (!hasPath) {
      report(".path", path + " with protocol " + without, "none, or protocol " + protocolsWith);
    } else if (!Forms.isPath(path)) {
      report(".path", path, "a path that starts with /, such as /v1/traces");
    }
  }

  private void checkHostname(@Nullable String hostname) {
    if (hostname != null && !Names.isHostHeader(hostname)) {
      report(
          ".collectorHostname",
          hostname,
          "a host name, with a port where needed, such as zipkin.example.com:9411");
    }
  }

  private void checkTimeout(@Nullable String timeout) {
    if (timeout != null && !Forms.isDuration(timeout)) {
      report(".timeout", timeout, Forms.DURATION_EXPECTED);
    }
  }

  private void report(String name, String value, String expected) {
    violations.add(new Violation(field + name, value, expected));
  }
}
