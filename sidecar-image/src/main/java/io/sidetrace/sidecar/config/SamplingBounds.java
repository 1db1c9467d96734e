package io.sidetrace.sidecar.config;

/// What of sampling Envoy has no words for.
///
/// @param tracesPerSecond how many traces may begin in a second; 0: any number
/// @param followParent whether a decision that comes with a request counts
public record SamplingBounds(double tracesPerSecond, boolean followParent) {
  public static final SamplingBounds NONE = new SamplingBounds(0, true);
}
