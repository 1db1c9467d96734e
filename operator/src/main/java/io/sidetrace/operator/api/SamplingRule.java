package io.sidetrace.operator.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The share of new traces among requests of one kind.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "has(self.path) || has(self.method) || (has(self.headers) && size(self.headers) > 0)",
    message = "rule: nothing that a request must have (expected: path, method or headers)")
@ValidationRule(
    value = "!has(self.method) || self.method.matches('^[A-Za-z0-9!#$%&*+.^_`|~-]+$')",
    fieldPath = ".method",
    message = "not a method (expected: one such as GET)",
    messageExpression = "self.method + ' (expected: a method such as GET)'")
@JsonIgnoreProperties(ignoreUnknown = true)
public record SamplingRule(
    @JsonPropertyDescription("What the path must be. Default: any.") @Nullable PathMatch path,
    @Size(min = 1, max = 32)
        @JsonPropertyDescription("What the method must be, such as GET. Default: any.")
        @Nullable String method,
    @Size(max = 8)
        @JsonPropertyDescription("Headers that the request must have, all of them; at most 8.")
        List<HeaderMatch> headers,
    @Required
        @Min(0)
        @Max(100)
        @JsonPropertyDescription(
            "Of the requests that match and come without a decision, how many are traced, in"
                + " percent, 0 to 100 in steps of 0.01.")
        Double random) {

  public SamplingRule(
      @Nullable PathMatch path,
      @Nullable String method,
      @Nullable List<HeaderMatch> headers,
      Double random) {
    this.path = path;
    this.method = method;
    this.headers = headers == null ? List.of() : List.copyOf(headers);
    this.random = random;
  }

  /// A path, without query, in exactly one of three ways.
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value = "[has(self.exact), has(self.prefix), has(self.regex)].exists_one(given, given)",
      message = "path: none or several (expected: exactly one of exact, prefix and regex)")
  @ValidationRule(
      value = "!has(self.exact) || self.exact.matches(" + Cel.BARE_PATH + ")",
      fieldPath = ".exact",
      message = "not a path " + Cel.BARE_PATH_EXPECTED,
      messageExpression = "self.exact + ' " + Cel.BARE_PATH_EXPECTED + "'")
  @ValidationRule(
      value = "!has(self.prefix) || self.prefix.matches(" + Cel.BARE_PATH + ")",
      fieldPath = ".prefix",
      message = "not a path " + Cel.BARE_PATH_EXPECTED,
      messageExpression = "self.prefix + ' " + Cel.BARE_PATH_EXPECTED + "'")
  @ValidationRule(
      value = "!has(self.regex) || ''.matches(self.regex) in [true, false]",
      fieldPath = ".regex",
      message = "not a regular expression (expected: one in the syntax of RE2)")
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record PathMatch(
      @Size(min = 1, max = 256)
          @JsonPropertyDescription("The whole path, without query, such as /healthz.")
          @Nullable String exact,
      @Size(min = 1, max = 256)
          @JsonPropertyDescription("What the path starts with, such as /static/.")
          @Nullable String prefix,
      @Size(min = 1, max = 256)
          @JsonPropertyDescription(
              "A regular expression in the syntax of RE2 that the whole path, without query, must"
                  + " match, such as /users/[0-9]+.")
          @Nullable String regex) {}

  /// A header, in at most one of three ways.
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value = "self.name.matches('^[A-Za-z0-9!#$%&*+.^_`|~-]+$')",
      fieldPath = ".name",
      message = "not a name of a header (expected: one such as x-tenant)",
      messageExpression = "self.name + ' (expected: the name of a header, such as x-tenant)'")
  @ValidationRule(
      value =
          "[has(self.exact), has(self.prefix), has(self.regex)].filter(given, given).size() <= 1",
      message = "header: several (expected: at most one of exact, prefix and regex)",
      messageExpression =
          "self.name + ': several (expected: at most one of exact, prefix and regex)'")
  @ValidationRule(
      value = "!has(self.regex) || ''.matches(self.regex) in [true, false]",
      fieldPath = ".regex",
      message = "not a regular expression (expected: one in the syntax of RE2)")
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record HeaderMatch(
      @Required
          @Size(min = 1, max = 128)
          @JsonPropertyDescription(
              "The header's name. With nothing else: it must be there, whatever its value.")
          String name,
      @Size(min = 1, max = 256) @JsonPropertyDescription("Its whole value.") @Nullable String exact,
      @Size(min = 1, max = 256) @JsonPropertyDescription("What its value starts with.")
          @Nullable String prefix,
      @Size(min = 1, max = 256)
          @JsonPropertyDescription(
              "A regular expression in the syntax of RE2 that the whole value must match.")
          @Nullable String regex) {}
}
