package io.sidetrace.sidecar.propagation;

import io.sidetrace.sidecar.trace.Remark;
import io.sidetrace.sidecar.trace.Sampling;
import io.sidetrace.sidecar.trace.TraceContext;
import io.sidetrace.sidecar.trace.TraceId;
import org.jspecify.annotations.Nullable;

/// What the headers of a request say of its trace.
public sealed interface Extracted {

  /// The caller's span.
  record Context(TraceContext context) implements Extracted {}

  /// A trace that has no span yet: ours becomes its first.
  ///
  /// @param remark what was said of the trace beyond that; null: nothing
  record TraceOnly(TraceId traceId, Sampling sampling, @Nullable Remark remark)
      implements Extracted {}

  /// No trace yet, but a decision about the one to come (`b3: 0`, `x-b3-sampled: 1` alone).
  record SamplingOnly(Sampling sampling) implements Extracted {}

  /// Nothing of this format.
  record Absent() implements Extracted {
    static final Absent INSTANCE = new Absent();
  }

  /// Headers of this format that cannot be understood.
  ///
  /// @param format the name of the format, bounded: it is a label of a metric
  /// @param sampling the decision, where that part could be understood
  record Malformed(String format, Malformation reason, Sampling sampling) implements Extracted {}
}
