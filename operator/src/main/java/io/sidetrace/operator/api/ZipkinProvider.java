package io.sidetrace.operator.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// Envoy's `ZipkinConfig`, with its defaults.
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "!has(self.collectorEndpoint) || self.collectorEndpoint.matches(" + Cel.PATH + ")",
    fieldPath = ".collectorEndpoint",
    message = "not a path (expected: one that starts with /, such as /api/v2/spans)",
    messageExpression =
        "self.collectorEndpoint + ' (expected: a path that starts with /, such as /api/v2/spans)'")
@ValidationRule(
    value = "!has(self.collectorHostname) || self.collectorHostname.matches(" + Cel.HOST + ")",
    fieldPath = ".collectorHostname",
    message = "not a host name " + Cel.HOST_EXPECTED,
    messageExpression = "self.collectorHostname + ' " + Cel.HOST_EXPECTED + "'")
@ValidationRule(
    value =
        "!has(self.collectorEndpointVersion) || self.collectorEndpointVersion == 'HTTP_JSON_V1' ||"
            + " !has(self.collectorEndpoint) ||"
            + " !self.collectorEndpoint.endsWith('/api/v1/spans')",
    fieldPath = ".collectorEndpointVersion",
    message = "not for /api/v1/spans (expected: HTTP_JSON_V1, or collectorEndpoint /api/v2/spans)",
    messageExpression =
        "self.collectorEndpointVersion + ' with collectorEndpoint ' + self.collectorEndpoint"
            + " + ' (expected: HTTP_JSON_V1, or collectorEndpoint /api/v2/spans)'")
@ValidationRule(
    value =
        "!has(self.collectorEndpointVersion) || self.collectorEndpointVersion != 'HTTP_JSON_V1' ||"
            + " !has(self.collectorEndpoint) || self.collectorEndpoint.endsWith('/api/v1/spans')",
    fieldPath = ".collectorEndpoint",
    message = "not for HTTP_JSON_V1 (expected: /api/v1/spans, or HTTP_JSON or HTTP_PROTO)",
    messageExpression =
        "self.collectorEndpoint + ' with collectorEndpointVersion HTTP_JSON_V1 (expected:"
            + " /api/v1/spans, or collectorEndpointVersion HTTP_JSON or HTTP_PROTO)'")
@JsonIgnoreProperties(ignoreUnknown = true)
public record ZipkinProvider(
    @Size(min = 1, max = 256)
        @JsonPropertyDescription(
            "The path that spans are posted to. Default /api/v1/spans with the version"
                + " HTTP_JSON_V1, else /api/v2/spans.")
        String collectorEndpoint,
    @JsonPropertyDescription(
            "What is posted. HTTP_JSON: the JSON of Zipkin's second API. HTTP_PROTO: its protobuf."
                + " HTTP_JSON_V1: the JSON of the first, and only to a path that ends in"
                + " /api/v1/spans. Default: HTTP_JSON_V1 for such a path, else HTTP_JSON.")
        EndpointVersion collectorEndpointVersion,
    @Size(min = 1, max = 253)
        @JsonPropertyDescription(
            "The Host header of what is sent to the collector. Default: the collector's name.")
        @Nullable String collectorHostname,
    @Default("true")
        @JsonPropertyDescription(
            "Whether the server's span takes over the id of its caller's span, so that one span"
                + " has two halves, as Zipkin's B3 does; false: each its own. Default true.")
        Boolean sharedSpanContext,
    @Default("false")
        @JsonPropertyDescription(
            "Whether new traces get identifiers of 128 bits instead of 64. Default false.")
        Boolean traceId128Bit,
    @Default("USE_B3")
        @JsonPropertyDescription(
            "USE_B3: contexts are read and written as B3. USE_B3_WITH_W3C_PROPAGATION: where B3 is"
                + " absent traceparent is read, and both are written. Default USE_B3.")
        TraceContextOption traceContextOption,
    @Default("false")
        @JsonPropertyDescription(
            "Whether the first 32 bits of new trace identifiers are the seconds since 1970."
                + " Default false.")
        Boolean timestampTraceIds)
    implements ProviderChoice {
  private static final String FIRST_API = "/api/v1/spans";
  private static final String SECOND_API = "/api/v2/spans";

  public ZipkinProvider(
      @Nullable String collectorEndpoint,
      @Nullable EndpointVersion collectorEndpointVersion,
      @Nullable String collectorHostname,
      @Nullable Boolean sharedSpanContext,
      @Nullable Boolean traceId128Bit,
      @Nullable TraceContextOption traceContextOption,
      @Nullable Boolean timestampTraceIds) {
    this.collectorEndpoint = endpoint(collectorEndpoint, collectorEndpointVersion);
    this.collectorEndpointVersion =
        collectorEndpointVersion == null
            ? versionOf(this.collectorEndpoint)
            : collectorEndpointVersion;
    this.collectorHostname = collectorHostname;
    this.sharedSpanContext = sharedSpanContext == null || sharedSpanContext;
    this.traceId128Bit = traceId128Bit != null && traceId128Bit;
    this.traceContextOption =
        traceContextOption == null ? TraceContextOption.USE_B3 : traceContextOption;
    this.timestampTraceIds = timestampTraceIds != null && timestampTraceIds;
  }

  private static String endpoint(@Nullable String given, @Nullable EndpointVersion version) {
    if (given != null) {
      return given;
    }
    return version == EndpointVersion.HTTP_JSON_V1 ? FIRST_API : SECOND_API;
  }

  private static EndpointVersion versionOf(String endpoint) {
    return isFirstApi(endpoint) ? EndpointVersion.HTTP_JSON_V1 : EndpointVersion.HTTP_JSON;
  }

  /// Whether a path is that of Zipkin's first API.
  public static boolean isFirstApi(String endpoint) {
    return endpoint.endsWith(FIRST_API);
  }

  @Override
  public String key() {
    return "zipkin";
  }

  @Override
  public Transport transport() {
    return Transport.HTTP;
  }

  /// What is posted.
  public enum EndpointVersion {
    HTTP_JSON,
    HTTP_PROTO,
    HTTP_JSON_V1
  }

  /// Whether W3C's headers are read and written beside B3.
  public enum TraceContextOption {
    USE_B3,
    USE_B3_WITH_W3C_PROPAGATION
  }
}
