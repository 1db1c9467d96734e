package io.sidetrace.operator.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// In which forms contexts come and go.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value =
        "!has(self.extract) || self.extract.all(one, self.extract.exists_one(each, each == one))",
    fieldPath = ".extract",
    message = "a format twice (expected: each format once)")
@ValidationRule(
    value = "!has(self.inject) || self.inject.all(one, self.inject.exists_one(each, each == one))",
    fieldPath = ".inject",
    message = "a format twice (expected: each format once)")
@ValidationRule(
    value = "!has(self.extract) || self.extract.exists(each, each != 'baggage')",
    fieldPath = ".extract",
    message = "baggage alone, which carries no identifiers (expected: another format too)")
@ValidationRule(
    value = "!has(self.inject) || self.inject.exists(each, each != 'baggage')",
    fieldPath = ".inject",
    message = "baggage alone, which carries no identifiers (expected: another format too)")
@JsonIgnoreProperties(ignoreUnknown = true)
public record Propagation(
    @Size(min = 1, max = 10)
        @JsonPropertyDescription(
            "The formats that contexts are taken from, in this order: the first that is there and"
                + " understood counts. Default: the provider's own.")
        List<Format> extract,
    @Size(min = 1, max = 10)
        @JsonPropertyDescription(
            "The formats that contexts are written in, all of them. Default: the provider's own.")
        List<Format> inject,
    @Default("true")
        @JsonPropertyDescription(
            "Whether a request that came without a context and is not sampled gets headers that"
                + " say so; false: it gets none, so that an application that decides for itself"
                + " still can. Default true.")
        Boolean injectUnsampled) {

  public Propagation(
      @Nullable List<Format> extract,
      @Nullable List<Format> inject,
      @Nullable Boolean injectUnsampled) {
    this.extract = extract == null ? List.of() : List.copyOf(extract);
    this.inject = inject == null ? List.of() : List.copyOf(inject);
    this.injectUnsampled = injectUnsampled == null || injectUnsampled;
  }

  /// A form of context in headers.
  public enum Format {
    /// The one header `b3`.
    @JsonProperty("b3")
    B3,
    /// The headers `x-b3-…`.
    @JsonProperty("b3multi")
    B3MULTI,
    /// W3C's `traceparent` and `tracestate`.
    @JsonProperty("tracecontext")
    TRACECONTEXT,
    /// W3C's `baggage`, beside another format.
    @JsonProperty("baggage")
    BAGGAGE,
    /// `uber-trace-id` and `uberctx-…`.
    @JsonProperty("jaeger")
    JAEGER,
    /// `x-datadog-…`.
    @JsonProperty("datadog")
    DATADOG,
    /// `x-amzn-trace-id`.
    @JsonProperty("xray")
    XRAY,
    /// SkyWalking's `sw8`.
    @JsonProperty("sw8")
    SW8,
    /// `x-ot-span-context`.
    @JsonProperty("lightstep")
    LIGHTSTEP,
    /// `ot-tracer-…`.
    @JsonProperty("ottrace")
    OTTRACE;

    /// As it stands in a TracingConfig and in what is rendered.
    public String format() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
