package io.sidetrace.operator.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a user asks for. Absent parts have taken their defaults, except `provider` and `collector`,
/// whose absence `validate` reports.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "!has(self.provider.lightstep) || has(self.collector.credentials)",
    fieldPath = ".collector.credentials",
    message = "none with lightstep (expected: the Secret with its access token)")
@ValidationRule(
    value =
        "!(has(self.provider.xray) || has(self.provider.datadog)) || self.collector.compression =="
            + " 'NONE'",
    fieldPath = ".collector.compression",
    message = "GZIP with datadog or xray (expected: NONE, since neither takes it)")
@ValidationRule(
    value = "!has(self.provider.xray) || !has(self.collector.tls)",
    fieldPath = ".collector.tls",
    message = "given with xray (expected: none, since its daemon takes datagrams)")
@ValidationRule(
    value = "!has(self.provider.xray) || !has(self.collector.credentials)",
    fieldPath = ".collector.credentials",
    message = "given with xray (expected: none, since its daemon takes datagrams)")
@ValidationRule(
    value =
        "!has(self.provider.xray) || self.provider.xray.samplingBy != 'XRAY' || "
            + TracingConfigSpec.LEAVES_SAMPLING_IN_CEL,
    fieldPath = ".sampling",
    message =
        "given with provider.xray, whose own rules decide (expected: no client, random, overall and"
            + " rules, or provider.xray.samplingBy TRACING_CONFIG)")
@ValidationRule(
    value =
        "!has(self.provider.opentelemetry) || !has(self.provider.opentelemetry.sampler) || "
            + TracingConfigSpec.LEAVES_SAMPLING_IN_CEL,
    fieldPath = ".sampling",
    message =
        "given with provider.opentelemetry.sampler, which decides alone (expected: no client,"
            + " random, overall and rules, or no sampler)")
@ValidationRule(
    value =
        "!has(self.provider.xray) || !has(self.sampling) || !has(self.sampling.rules) ||"
            + " self.sampling.rules.all(rule, !(has(rule.headers) && size(rule.headers) > 0) &&"
            + " !(has(rule.path) && has(rule.path.regex)))",
    fieldPath = ".sampling.rules",
    message =
        "headers or a regex with provider.xray, whose rules know neither (expected: path.exact,"
            + " path.prefix and method)")
@JsonIgnoreProperties(ignoreUnknown = true)
public record TracingConfigSpec(
    @JsonPropertyDescription(
            "The pods of this namespace that this configuration is for, by their labels. Absent:"
                + " all those that no other configuration selects.")
        @Nullable LabelSelector selector,
    @JsonPropertyDescription("Which requests are traced.") Sampling sampling,
    @Required
        @JsonPropertyDescription(
            "The tracing system that spans are made for: exactly one of " + Provider.NAMES + ".")
        @Nullable Provider provider,
    @Required @JsonPropertyDescription("The cluster of collectors that spans are sent to.")
        @Nullable Collector collector,
    @JsonPropertyDescription("In which headers contexts come and go. Default: the provider's own.")
        @Nullable Propagation propagation,
    @Size(max = 32) @JsonPropertyDescription("Tags added to every span; at most 32.")
        List<Tag> tags,
    @Default("256")
        @Min(0)
        @Max(65536)
        @JsonPropertyDescription(
            "How much of the path the tag http.url keeps, in characters, 0 to 65536. Default 256.")
        Integer maxPathTagLength,
    @Default("false")
        @JsonPropertyDescription(
            "Whether connections that are not HTTP make spans: one for each connection that ends,"
                + " named by the server name of its TLS (SNI) or else by where it went, with the"
                + " bytes of both directions. sampling.random and sampling.overall apply, and tags"
                + " but those of a requestHeader. It costs a span for each connection. Default"
                + " false.")
        Boolean connectionSpans) {
  /// Nothing that a provider which decides for itself would pass over.
  static final String LEAVES_SAMPLING_IN_CEL =
      "!has(self.sampling) || ((!has(self.sampling.client) || self.sampling.client == 100) &&"
          + " (!has(self.sampling.random) || self.sampling.random == 100.0) &&"
          + " (!has(self.sampling.overall) || self.sampling.overall == 100.0) &&"
          + " (!has(self.sampling.rules) || size(self.sampling.rules) == 0))";

  private static final int MAX_PATH_TAG_LENGTH = 256; // Envoy's default

  public TracingConfigSpec(
      @Nullable LabelSelector selector,
      @Nullable Sampling sampling,
      @Nullable Provider provider,
      @Nullable Collector collector,
      @Nullable Propagation propagation,
      @Nullable List<Tag> tags,
      @Nullable Integer maxPathTagLength,
      @Nullable Boolean connectionSpans) {
    this.selector = selector;
    this.sampling = sampling == null ? Sampling.EVERYTHING : sampling;
    this.provider = provider;
    this.collector = collector;
    this.propagation = propagation;
    this.tags = tags == null ? List.of() : List.copyOf(tags);
    this.maxPathTagLength = maxPathTagLength == null ? MAX_PATH_TAG_LENGTH : maxPathTagLength;
    this.connectionSpans = connectionSpans != null && connectionSpans;
  }
}
