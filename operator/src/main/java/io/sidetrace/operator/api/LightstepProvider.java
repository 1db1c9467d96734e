package io.sidetrace.operator.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// LightStep's collectors take OTLP; Envoy's own tracer for it is gone.
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "!has(self.path) || self.path.matches(" + Cel.PATH + ")",
    fieldPath = ".path",
    message = "not a path (expected: one that starts with /, such as /v1/traces)",
    messageExpression = "self.path + ' (expected: a path that starts with /, such as /v1/traces)'")
@ValidationRule(
    value = "!has(self.path) || self.protocol == 'HTTP'",
    fieldPath = ".path",
    message = "not for GRPC (expected: none, or protocol HTTP)",
    messageExpression = "self.path + ' with protocol GRPC (expected: none, or protocol HTTP)'")
@ValidationRule(
    value = "!has(self.collectorHostname) || self.collectorHostname.matches(" + Cel.HOST + ")",
    fieldPath = ".collectorHostname",
    message = "not a host name " + Cel.HOST_EXPECTED,
    messageExpression = "self.collectorHostname + ' " + Cel.HOST_EXPECTED + "'")
@ValidationRule(
    value = "self.timeout.matches(" + Cel.DURATION + ") && self.timeout.matches('[1-9]')",
    fieldPath = ".timeout",
    message = "not a duration " + Cel.DURATION_EXPECTED,
    messageExpression = "self.timeout + ' " + Cel.DURATION_EXPECTED + "'")
@JsonIgnoreProperties(ignoreUnknown = true)
public record LightstepProvider(
    @Default("GRPC")
        @JsonPropertyDescription(
            "How OTLP travels, GRPC or HTTP. The public collectors take both on port 443 of"
                + " ingest.lightstep.com, over TLS. Default GRPC.")
        OpenTelemetryProvider.Protocol protocol,
    @Size(min = 1, max = 256)
        @JsonPropertyDescription(
            "With HTTP: the path that spans are posted to, such as /traces/otlp/v0.9. Default"
                + " /v1/traces.")
        @Nullable String path,
    @Size(min = 1, max = 253)
        @JsonPropertyDescription(
            "The Host header, or :authority, of what is sent to the collector. Default: the"
                + " collector's address and port where there is one, else its name.")
        @Nullable String collectorHostname,
    @Default("10s")
        @Size(min = 2, max = 16)
        @JsonPropertyDescription(
            "How long one export may take: a duration in ms, s or m, such as 10s. Default 10s.")
        String timeout)
    implements ProviderChoice {
  private static final String TIMEOUT = "10s"; // as with opentelemetry

  public LightstepProvider(
      OpenTelemetryProvider.@Nullable Protocol protocol,
      @Nullable String path,
      @Nullable String collectorHostname,
      @Nullable String timeout) {
    this.protocol = protocol == null ? OpenTelemetryProvider.Protocol.GRPC : protocol;
    this.path = path;
    this.collectorHostname = collectorHostname;
    this.timeout = timeout == null ? TIMEOUT : timeout;
  }

  @Override
  public String key() {
    return "lightstep";
  }

  @Override
  public Transport transport() {
    return protocol == OpenTelemetryProvider.Protocol.GRPC ? Transport.GRPC : Transport.HTTP;
  }
}
