package io.sidetrace.sidecar.report;

import io.sidetrace.sidecar.trace.Span;
import java.util.ArrayList;
import java.util.List;

/// Keeps spans as they are. A span named `unwritable` cannot be encoded, one named `huge` finds no
/// memory.
final class FakeBatch implements SpanBatch {
  private static final int BYTES_PER_SPAN = 1_000;
  final List<Span> written = new ArrayList<>();
  boolean sealed;
  boolean released;

  @Override
  public void append(Span span) {
    if (sealed || released) {
      throw new AssertionError("appended after seal or release");
    }
    if (span.name().equals("unwritable")) {
      throw new IllegalStateException("unwritable");
    }
    if (span.name().equals("huge")) {
      throw new OutOfMemoryError("huge");
    }
    written.add(span);
  }

  @Override
  public void seal() {
    sealed = true;
  }

  @Override
  public int spans() {
    return written.size();
  }

  @Override
  public int bytes() {
    return written.size() * BYTES_PER_SPAN;
  }

  @Override
  public void release() {
    if (released) {
      throw new AssertionError("released twice");
    }
    released = true;
  }
}
