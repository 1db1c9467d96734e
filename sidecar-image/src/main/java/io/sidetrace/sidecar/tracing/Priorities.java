package io.sidetrace.sidecar.tracing;

import io.sidetrace.sidecar.sampling.SamplingDecision;
import io.sidetrace.sidecar.trace.Remark;
import org.jspecify.annotations.Nullable;

/// Datadog's priorities, which say of a decision who made it: 2 and -1 a person or what a person
/// configured, 1 and 0 a rate.
final class Priorities {
  /// How a trace came to be kept; `-0`: by default.
  private static final String MECHANISM = "_dd.p.dm=";

  private static final String BY_DEFAULT = MECHANISM + "-0";
  private static final Remark.Datadog KEPT = new Remark.Datadog(1, "", BY_DEFAULT);

  private static final Remark.Datadog DROPPED = new Remark.Datadog(-1, "", "");

  private Priorities() {}

  /// What a trace's priority is after a decision: the one that came, unless the decision is
  /// another.
  static @Nullable Remark of(@Nullable Remark received, SamplingDecision decision) {
    if (received instanceof Remark.Datadog before) {
      return before.priority() > 0 == decision.sampled() ? before : decided(before, decision);
    }
    if (received != null || decision.parents()) {
      return received; // the format that it came in knows yes and no, and no priority
    }
    return decision.sampled() ? KEPT : DROPPED;
  }

  private static Remark.Datadog decided(Remark.Datadog before, SamplingDecision decision) {
    return decision.sampled()
        ? new Remark.Datadog(1, before.origin(), kept(before.tags()))
        : new Remark.Datadog(-1, before.origin(), before.tags());
  }

  private static String kept(String tags) {
    if (tags.contains(MECHANISM)) {
      return tags;
    }
    return tags.isEmpty() ? BY_DEFAULT : tags + ',' + BY_DEFAULT;
  }
}
