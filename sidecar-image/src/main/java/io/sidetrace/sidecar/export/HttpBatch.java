package io.sidetrace.sidecar.export;

import io.netty.buffer.ByteBuf;
import io.sidetrace.sidecar.report.SpanBatch;
import io.sidetrace.sidecar.trace.Span;

/// The body of one message. Owns its buffer until `release`.
final class HttpBatch implements SpanBatch {
  private final SpanEncoder encoder;
  private final ByteBuf body;
  private int spans;

  /// @param body empty, and from now on this batch's own
  HttpBatch(SpanEncoder encoder, ByteBuf body) {
    this.encoder = encoder;
    this.body = body;
    encoder.open(body);
  }

  @Override
  public void append(Span span) {
    int start = body.writerIndex();
    boolean whole = false;
    try {
      encoder.encode(span, spans, body);
      whole = true;
    } finally {
      if (!whole) {
        body.writerIndex(start);
      }
    }
    spans++;
  }

  @Override
  public void seal() {
    encoder.close(spans, body);
  }

  @Override
  public int spans() {
    return spans;
  }

  @Override
  public int bytes() {
    return body.capacity();
  }

  /// The body for one message; the receiver releases it.
  ByteBuf content() {
    return body.retainedDuplicate();
  }

  @Override
  public void release() {
    body.release();
  }
}
