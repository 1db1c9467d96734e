package io.sidetrace.sidecar.sampling;

import io.sidetrace.sidecar.trace.Dialect;
import io.sidetrace.sidecar.trace.Dialect.ParentRule;
import io.sidetrace.sidecar.trace.SamplerChoice;

/// Who decides, and within which bounds.
///
/// @param parentRule what a decision that came is worth
/// @param sampler who decides else
/// @param followsParent false: a decision that came is as none
/// @param tracesPerSecond how many traces may begin in a second; 0: any number
public record SamplingRules(
    ParentRule parentRule, SamplerChoice sampler, boolean followsParent, double tracesPerSecond) {
  public SamplingRules {
    if (!(tracesPerSecond >= 0)) {
      throw new IllegalArgumentException(
          "traces per second: " + tracesPerSecond + " (expected: >= 0)");
    }
  }

  /// A dialect's own, without bounds.
  public static SamplingRules of(Dialect dialect) {
    return new SamplingRules(dialect.parentRule(), dialect.sampler(), true, 0);
  }
}
