package io.sidetrace.sidecar.report;

import io.sidetrace.sidecar.trace.Span;

/// Spans written one after another, to be sent as one message. Confined to the reporter's loop.
public interface SpanBatch {
  /// Adds a span wholly or not at all: when this throws, the batch is as it was.
  void append(Span span);

  /// Called once, after the last span and before the batch is first sent.
  void seal();

  int spans();

  /// The memory that the batch holds, which may be more than is written.
  int bytes();

  /// Gives the memory back; called once, when nobody will send the batch again.
  void release();
}
