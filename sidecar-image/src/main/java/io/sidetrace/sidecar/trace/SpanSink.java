package io.sidetrace.sidecar.trace;

/// Takes finished spans. Never blocks and never throws: a span that cannot be taken is dropped and
/// counted.
@FunctionalInterface
public interface SpanSink {
  void offer(Span span);
}
