package io.sidetrace.sidecar.export.udp;

import io.netty.buffer.ByteBuf;
import io.sidetrace.sidecar.export.SpanEncoder;
import io.sidetrace.sidecar.report.SpanBatch;
import io.sidetrace.sidecar.trace.Span;
import java.util.Arrays;

/// Datagrams, one behind the other. Owns its buffer until `release`. Confined to the reporter's
/// loop.
final class UdpBatch implements SpanBatch {
  /// Most batches have what one second brings: few.
  private static final int FIRST_SPANS = 16;

  private final SpanEncoder encoder;
  private final ByteBuf body;
  private int[] ends = new int[FIRST_SPANS];
  private int spans;

  /// @param body empty, and from now on this batch's own
  UdpBatch(SpanEncoder encoder, ByteBuf body) {
    this.encoder = encoder;
    this.body = body;
    encoder.open(body);
  }

  @Override
  public void append(Span span) {
    int start = body.writerIndex();
    if (spans == ends.length) {
      ends = Arrays.copyOf(ends, 2 * spans);
    }
    boolean whole = false;
    try {
      encoder.encode(span, spans, body);
      whole = true;
    } finally {
      if (!whole) {
        body.writerIndex(start);
      }
    }
    ends[spans++] = body.writerIndex();
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

  /// One span's datagram; the receiver releases it.
  ByteBuf datagram(int index) {
    int start = index == 0 ? 0 : ends[index - 1];
    return body.retainedSlice(start, ends[index] - start);
  }

  @Override
  public void release() {
    body.release();
  }
}
