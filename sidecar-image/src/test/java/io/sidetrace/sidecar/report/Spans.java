package io.sidetrace.sidecar.report;

import io.sidetrace.sidecar.trace.Sampling;
import io.sidetrace.sidecar.trace.Span;
import io.sidetrace.sidecar.trace.TraceContext;
import io.sidetrace.sidecar.trace.TraceId;
import java.util.List;

/// Small spans that differ in their name alone.
final class Spans {
  private Spans() {}

  static Span named(String name) {
    return new Span(
        new TraceContext(new TraceId(0, 1), 1, 0, Sampling.SAMPLED),
        Span.Kind.SERVER,
        false,
        name,
        1,
        1,
        List.of(),
        List.of());
  }

  static Span withText(int length) {
    return named("x".repeat(length));
  }
}
