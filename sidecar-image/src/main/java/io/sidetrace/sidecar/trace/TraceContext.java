package io.sidetrace.sidecar.trace;

import org.jspecify.annotations.Nullable;

/// A position in a trace: the span `spanId`, child of `parentId` (0: a root).
///
/// @param remark what the context that came in said beyond that; null: nothing
public record TraceContext(
    TraceId traceId, long spanId, long parentId, Sampling sampling, @Nullable Remark remark) {
  public TraceContext {
    if (spanId == 0) {
      throw new IllegalArgumentException("span id: 0 (expected: not zero)");
    }
  }

  /// The same, with what another context of the same trace knows and this one does not: the high
  /// half of the trace's identifier, a remark.
  public TraceContext completedBy(TraceContext other) {
    return new TraceContext(
        traceId.high() == 0 ? other.traceId : traceId,
        spanId,
        parentId,
        sampling,
        remark == null ? other.remark : remark);
  }

  /// A position without a remark.
  public TraceContext(TraceId traceId, long spanId, long parentId, Sampling sampling) {
    this(traceId, spanId, parentId, sampling, null);
  }
}
