package io.sidetrace.sidecar.trace;

/// A position in a trace: the span `spanId`, child of `parentId` (0: a root).
public record TraceContext(TraceId traceId, long spanId, long parentId, Sampling sampling) {
  public TraceContext {
    if (spanId == 0) {
      throw new IllegalArgumentException("span id: 0 (expected: not zero)");
    }
  }
}
