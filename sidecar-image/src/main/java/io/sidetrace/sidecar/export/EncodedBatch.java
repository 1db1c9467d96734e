package io.sidetrace.sidecar.export;

import io.netty.buffer.ByteBuf;
import io.sidetrace.sidecar.report.SpanBatch;
import io.sidetrace.sidecar.trace.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The body of one message. Owns its buffer until `release`.
public final class EncodedBatch implements SpanBatch {
  private final SpanEncoder encoder;
  private final @Nullable Gzip gzip;
  private ByteBuf body;
  private boolean compressed;
  private int spans;
  private List<MessageFields.Field> fields = List.of();

  /// @param gzip makes the message smaller when it is sealed; null: it stays as it is
  /// @param body empty, and from now on this batch's own
  EncodedBatch(SpanEncoder encoder, @Nullable Gzip gzip, ByteBuf body) {
    this.encoder = encoder;
    this.gzip = gzip;
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
    fields = encoder.closedFields();
    if (gzip == null) {
      return;
    }
    ByteBuf smaller = gzip.compress(body);
    if (smaller != null) {
      body.release();
      body = smaller;
      compressed = true;
    }
  }

  @Override
  public int spans() {
    return spans;
  }

  @Override
  public int bytes() {
    return body.capacity();
  }

  /// Whether the message is compressed by gzip.
  public boolean compressed() {
    return compressed;
  }

  /// The header fields that belong to this message alone.
  List<MessageFields.Field> fields() {
    return fields;
  }

  /// The body for one message; the receiver releases it.
  public ByteBuf content() {
    return body.retainedDuplicate();
  }

  @Override
  public void release() {
    body.release();
  }
}
