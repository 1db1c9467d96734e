package io.sidetrace.operator.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a user asks for. Absent parts have taken their defaults, except `provider` and `collector`,
/// whose absence `validate` reports.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record TracingConfigSpec(
    @JsonPropertyDescription(
            "The pods of this namespace that this configuration is for, by their labels. Absent:"
                + " all those that no other configuration selects.")
        @Nullable LabelSelector selector,
    @JsonPropertyDescription("Which requests are traced.") Sampling sampling,
    @Required
        @JsonPropertyDescription(
            "The tracing system that spans are made for: exactly one. Supported: zipkin.")
        @Nullable Provider provider,
    @Required @JsonPropertyDescription("The cluster of collectors that spans are sent to.")
        @Nullable Collector collector,
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
  private static final int MAX_PATH_TAG_LENGTH = 256; // Envoy's default

  public TracingConfigSpec(
      @Nullable LabelSelector selector,
      @Nullable Sampling sampling,
      @Nullable Provider provider,
      @Nullable Collector collector,
      @Nullable List<Tag> tags,
      @Nullable Integer maxPathTagLength,
      @Nullable Boolean connectionSpans) {
    this.selector = selector;
    this.sampling = sampling == null ? Sampling.EVERYTHING : sampling;
    this.provider = provider;
    this.collector = collector;
    this.tags = tags == null ? List.of() : List.copyOf(tags);
    this.maxPathTagLength = maxPathTagLength == null ? MAX_PATH_TAG_LENGTH : maxPathTagLength;
    this.connectionSpans = connectionSpans != null && connectionSpans;
  }
}
