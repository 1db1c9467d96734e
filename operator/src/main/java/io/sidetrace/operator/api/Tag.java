package io.sidetrace.operator.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// A tag of every span: its name, and exactly one place that its value comes from.
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value =
        "[has(self.literal), has(self.environment), has(self.requestHeader)]"
            + ".exists_one(given, given)",
    messageExpression =
        "'tags: ' + self.name + ' (expected: exactly one of literal, environment and"
            + " requestHeader)'")
@JsonIgnoreProperties(ignoreUnknown = true)
public record Tag(
    @Required @Size(min = 1, max = 128) @JsonPropertyDescription("The tag's name.") String name,
    @Size(min = 1, max = 1024) @JsonPropertyDescription("A value that is always the same.")
        @Nullable String literal,
    @JsonPropertyDescription(
            "A variable of the sidecar's environment, such as POD_NAME or POD_NAMESPACE.")
        @Nullable Lookup environment,
    @JsonPropertyDescription("A header of the request.") @Nullable Lookup requestHeader) {

  /// A value that is looked up by name when a span is made.
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Lookup(
      @Required
          @Size(min = 1, max = 256)
          @JsonPropertyDescription("The variable's or the header's name.")
          String name,
      @Size(max = 1024)
          @JsonPropertyDescription(
              "The value where nothing is found. Default empty: the span goes without the tag.")
          String defaultValue) {
    public Lookup(String name, @Nullable String defaultValue) {
      this.name = name;
      this.defaultValue = defaultValue == null ? "" : defaultValue;
    }
  }

  /// Where the value comes from; null unless exactly one place is given.
  public @Nullable Source source() {
    var given = 0;
    Source source = null;
    if (literal != null) {
      given++;
      source = new Source.Literal(literal);
    }
    if (environment != null) {
      given++;
      source = new Source.Environment(environment.name(), environment.defaultValue());
    }
    if (requestHeader != null) {
      given++;
      source = new Source.RequestHeader(requestHeader.name(), requestHeader.defaultValue());
    }
    return given == 1 ? source : null;
  }

  /// The one place that a tag's value comes from.
  public sealed interface Source {
    record Literal(String value) implements Source {}

    record Environment(String variable, String defaultValue) implements Source {}

    record RequestHeader(String header, String defaultValue) implements Source {}
  }
}
