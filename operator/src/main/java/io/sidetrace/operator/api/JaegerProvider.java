package io.sidetrace.operator.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// Jaeger has no wire format of its own: it takes OTLP, which is Envoy's `OpenTelemetryConfig`, or
/// what Zipkin takes, which is Envoy's `ZipkinConfig`.
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "!has(self.path) || self.path.matches(" + Cel.PATH + ")",
    fieldPath = ".path",
    message = "not a path (expected: one that starts with /, such as /v1/traces)",
    messageExpression = "self.path + ' (expected: a path that starts with /, such as /v1/traces)'")
@ValidationRule(
    value = "!has(self.path) || self.protocol != 'OTLP_GRPC'",
    fieldPath = ".path",
    message = "not for OTLP_GRPC (expected: none, or protocol OTLP_HTTP or ZIPKIN)",
    messageExpression =
        "self.path + ' with protocol OTLP_GRPC (expected: none, or protocol OTLP_HTTP or ZIPKIN)'")
@ValidationRule(
    value = "!has(self.collectorHostname) || self.collectorHostname.matches(" + Cel.HOST + ")",
    fieldPath = ".collectorHostname",
    message = "not a host name " + Cel.HOST_EXPECTED,
    messageExpression = "self.collectorHostname + ' " + Cel.HOST_EXPECTED + "'")
@ValidationRule(
    value = "!has(self.traceId128Bit) || self.protocol == 'ZIPKIN'",
    fieldPath = ".traceId128Bit",
    message = "not for OTLP, whose identifiers always have 128 bits (expected: none)",
    messageExpression =
        "(self.traceId128Bit ? 'true' : 'false') + ' with protocol ' + self.protocol + ' (expected: none, since"
            + " identifiers in OTLP always have 128 bits)'")
@ValidationRule(
    value = "!has(self.timeout) || self.protocol != 'ZIPKIN'",
    fieldPath = ".timeout",
    message = "not for ZIPKIN (expected: none, or protocol OTLP_GRPC or OTLP_HTTP)",
    messageExpression =
        "self.timeout + ' with protocol ZIPKIN (expected: none, or protocol OTLP_GRPC or"
            + " OTLP_HTTP)'")
@ValidationRule(
    value =
        "!has(self.timeout) || (self.timeout.matches("
            + Cel.DURATION
            + ") && self.timeout.matches('[1-9]'))",
    fieldPath = ".timeout",
    message = "not a duration " + Cel.DURATION_EXPECTED,
    messageExpression = "self.timeout + ' " + Cel.DURATION_EXPECTED + "'")
@JsonIgnoreProperties(ignoreUnknown = true)
public record JaegerProvider(
    @Default("OTLP_GRPC")
        @JsonPropertyDescription(
            "How spans travel. OTLP_GRPC: to Jaeger's port 4317. OTLP_HTTP: protobuf to its port"
                + " 4318. ZIPKIN: JSON by Zipkin's API to its port 9411, with contexts in B3 and a"
                + " span of its own for each side of a call. Default OTLP_GRPC.")
        Protocol protocol,
    @Size(min = 1, max = 256)
        @JsonPropertyDescription(
            "The path that spans are posted to, with OTLP_HTTP and ZIPKIN. Default /v1/traces with"
                + " OTLP_HTTP, /api/v2/spans with ZIPKIN.")
        @Nullable String path,
    @Size(min = 1, max = 253)
        @JsonPropertyDescription(
            "The Host header, or :authority, of what is sent to the collector. Default: the"
                + " collector's address and port where there is one, else its name.")
        @Nullable String collectorHostname,
    @JsonPropertyDescription(
            "With ZIPKIN: whether new traces get identifiers of 128 bits instead of 64. Default"
                + " false. In OTLP they always have 128.")
        @Nullable Boolean traceId128Bit,
    @Size(min = 2, max = 16)
        @JsonPropertyDescription(
            "With OTLP: how long one export may take, a duration in ms, s or m. Default 10s.")
        @Nullable String timeout)
    implements ProviderChoice {

  public JaegerProvider(
      @Nullable Protocol protocol,
      @Nullable String path,
      @Nullable String collectorHostname,
      @Nullable Boolean traceId128Bit,
      @Nullable String timeout) {
    this.protocol = protocol == null ? Protocol.OTLP_GRPC : protocol;
    this.path = path;
    this.collectorHostname = collectorHostname;
    this.traceId128Bit = traceId128Bit;
    this.timeout = timeout;
  }

  @Override
  public String key() {
    return "jaeger";
  }

  @Override
  public Transport transport() {
    return protocol == Protocol.OTLP_GRPC ? Transport.GRPC : Transport.HTTP;
  }

  /// How spans travel to Jaeger.
  public enum Protocol {
    OTLP_GRPC,
    OTLP_HTTP,
    ZIPKIN
  }
}
