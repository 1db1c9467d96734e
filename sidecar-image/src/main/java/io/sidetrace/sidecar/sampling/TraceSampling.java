package io.sidetrace.sidecar.sampling;

import io.sidetrace.sidecar.trace.Dialect.ParentRule;
import io.sidetrace.sidecar.trace.SamplerChoice;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The rules of one connection manager, and what was used up of them. Thread-safe: all event loops
/// draw on the same.
public final class TraceSampling {
  /// For where nothing is traced.
  public static final TraceSampling NONE =
      of(new SamplingRules(ParentRule.PARENT, new SamplerChoice.RequestId(), true, 0));

  private final SamplingRules rules;
  private final Sampler sampler;
  private final @Nullable Allowance newTraces;

  private TraceSampling(SamplingRules rules, Sampler sampler, @Nullable Allowance newTraces) {
    this.rules = rules;
    this.sampler = sampler;
    this.newTraces = newTraces;
  }

  /// Begins with nothing used up.
  public static TraceSampling of(SamplingRules rules) {
    return of(rules, System::nanoTime);
  }

  static TraceSampling of(SamplingRules rules, LongSupplier nanoClock) {
    return new TraceSampling(
        rules,
        Sampler.of(rules.sampler(), nanoClock),
        rules.tracesPerSecond() == 0
            ? null
            : new Allowance.PerSecond(rules.tracesPerSecond(), nanoClock));
  }

  public SamplingRules rules() {
    return rules;
  }

  /// As this one, for questions alone: nothing is used up.
  public TraceSampling untouched() {
    return new TraceSampling(
        rules, sampler.untouched(), newTraces == null ? null : newTraces.untouched());
  }

  /// These rules for one event loop.
  ///
  /// @param random the loop's own
  public TraceSampler onLoop(RandomGenerator random) {
    return new TraceSampler(rules, sampler, newTraces, random);
  }
}
