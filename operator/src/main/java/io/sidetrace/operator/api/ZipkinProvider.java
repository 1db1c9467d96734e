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
    value = "self.collectorEndpoint.startsWith('/')",
    fieldPath = ".collectorEndpoint",
    message = "not a path (expected: one that starts with /, such as /api/v2/spans)",
    messageExpression =
        "self.collectorEndpoint + ' (expected: a path that starts with /, such as /api/v2/spans)'")
@JsonIgnoreProperties(ignoreUnknown = true)
public record ZipkinProvider(
    @Default("/api/v2/spans")
        @Size(max = 256)
        @JsonPropertyDescription(
            "The path that spans are posted to. One that ends in /api/v1/spans gets the JSON of"
                + " Zipkin's first API, every other the JSON of the second. Default"
                + " /api/v2/spans.")
        String collectorEndpoint,
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
        Boolean traceId128Bit)
    implements ProviderChoice {
  private static final String COLLECTOR_ENDPOINT = "/api/v2/spans";

  public ZipkinProvider(
      @Nullable String collectorEndpoint,
      @Nullable String collectorHostname,
      @Nullable Boolean sharedSpanContext,
      @Nullable Boolean traceId128Bit) {
    this.collectorEndpoint = collectorEndpoint == null ? COLLECTOR_ENDPOINT : collectorEndpoint;
    this.collectorHostname = collectorHostname;
    this.sharedSpanContext = sharedSpanContext == null || sharedSpanContext;
    this.traceId128Bit = traceId128Bit != null && traceId128Bit;
  }
}
