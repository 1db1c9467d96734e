package io.sidetrace.sidecar.config;

/// Envoy's three sampling shares, each in percent, 0 to 100.
public record SamplingPercentages(double client, double random, double overall) {
  public static final SamplingPercentages ALL = new SamplingPercentages(100, 100, 100);
}
