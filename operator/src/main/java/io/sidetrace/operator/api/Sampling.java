package io.sidetrace.operator.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/// Envoy's three percentages.
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
        Double overall) {
  static final Sampling EVERYTHING = new Sampling(null, null, null);

  private static final double ALL = 100; // percent

  public Sampling(@Nullable Integer client, @Nullable Double random, @Nullable Double overall) {
    this.client = client == null ? (int) ALL : client;
    this.random = random == null ? ALL : random;
    this.overall = overall == null ? ALL : overall;
  }
}
