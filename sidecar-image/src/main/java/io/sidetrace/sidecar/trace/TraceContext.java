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

  /// A position without a remark.
  public TraceContext(TraceId traceId, long spanId, long parentId, Sampling sampling) {
    this(traceId, spanId, parentId, sampling, null);
  }
}
