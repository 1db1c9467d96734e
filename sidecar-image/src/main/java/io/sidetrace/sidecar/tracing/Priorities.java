package io.sidetrace.sidecar.tracing;

import io.sidetrace.sidecar.sampling.SamplingDecision;
import io.sidetrace.sidecar.trace.Remark;
import org.jspecify.annotations.Nullable;

/// Datadog's priorities, which say of a decision who made it: 2 and -1 a person or what a person
/// configured, 1 and 0 a rate.
final class Priorities {
  /// `_dd.p.dm` is how a trace came to be kept; `-0`: by default.
  private static final Remark.Datadog KEPT = new Remark.Datadog(1, "", "_dd.p.dm=-0");

  private static final Remark.Datadog DROPPED = new Remark.Datadog(-1, "", "");

  private Priorities() {}

  /// What a trace's priority is after a decision: the one that came, unless the decision is
  /// another.
  static @Nullable Remark of(@Nullable Remark received, SamplingDecision decision) {
    if (received instanceof Remark.Datadog before) {
      return before.priority() > 0 == decision.sampled()
          ? before
          : new Remark.Datadog(decision.sampled() ? 1 : -1, before.origin(), before.tags());
    }
    if (received != null || decision.parents()) {
      return received; // the format that it came in knows yes and no, and no priority
    }
    return decision.sampled() ? KEPT : DROPPED;
  }
}
