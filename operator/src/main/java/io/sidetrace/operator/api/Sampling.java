package io.sidetrace.operator.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Envoy's three percentages, rules for the second, a limit, and whose decision counts.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Sampling(
    @Default("100")
        @Min(0)
        @Max(100)
        @JsonPropertyDescription(
            "Of the requests that carry x-client-trace-id, how many are traced, in whole percent,"
                + " 0 to 100. Default 100.")
        Integer client,
    @Default("100")
        @Min(0)
        @Max(100)
        @JsonPropertyDescription(
            "Of the requests that come without a decision, how many are traced, in percent, 0 to"
                + " 100 in steps of 0.01. Default 100.")
        Double random,
    @Default("100")
        @Min(0)
        @Max(100)
        @JsonPropertyDescription(
            "The upper limit on what the other percentages let through, in percent, 0 to 100 in"
                + " steps of 0.01. Default 100.")
        Double overall,
    @Min(1)
        @Max(1000000)
        @JsonPropertyDescription(
            "How many traces may begin in a second, in each pod, 1 to 1000000. Default: no limit.")
        @Nullable Integer tracesPerSecond,
    @Default("true")
        @JsonPropertyDescription(
            "Whether the decision of a context that came in counts; false: the pod decides for"
                + " itself, and traces may be cut off at it. Default true.")
        Boolean followParent,
    @Size(max = 64)
        @JsonPropertyDescription(
            "Other shares than random for requests of some kind, in order: the first rule that"
                + " matches counts; at most 64.")
        List<SamplingRule> rules) {
  static final Sampling EVERYTHING = new Sampling(null, null, null, null, null, null);

  private static final double ALL = 100; // percent

  public Sampling(
      @Nullable Integer client,
      @Nullable Double random,
      @Nullable Double overall,
      @Nullable Integer tracesPerSecond,
      @Nullable Boolean followParent,
      @Nullable List<SamplingRule> rules) {
    this.client = client == null ? (int) ALL : client;
    this.random = random == null ? ALL : random;
    this.overall = overall == null ? ALL : overall;
    this.tracesPerSecond = tracesPerSecond;
    this.followParent = followParent == null || followParent;
    this.rules = rules == null ? List.of() : List.copyOf(rules);
  }

  /// Whether percentages and rules are as without being given, so that a provider which decides for
  /// itself passes over nothing.
  public boolean leavesAllToOthers() {
    return client == ALL && random == ALL && overall == ALL && rules.isEmpty();
  }
}
