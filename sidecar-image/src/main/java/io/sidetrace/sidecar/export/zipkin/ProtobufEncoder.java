package io.sidetrace.sidecar.export.zipkin;

import io.netty.buffer.ByteBuf;
import io.sidetrace.sidecar.export.SpanEncoder;
import io.sidetrace.sidecar.export.TagKeys;
import io.sidetrace.sidecar.export.protobuf.ProtobufBuffer;
import io.sidetrace.sidecar.trace.Span;
import io.sidetrace.sidecar.trace.TraceContext;
import java.util.List;

/// Zipkin's `ListOfSpans` in Protocol Buffers. Confined to the reporter's loop.
final class ProtobufEncoder implements SpanEncoder {
  /// `ListOfSpans.spans`
  private static final int SPANS = 1;

  // `Span`
  private static final int TRACE_ID = 1;
  private static final int PARENT_ID = 2;
  private static final int ID = 3;
  private static final int KIND = 4;
  private static final int NAME = 5;
  private static final int TIMESTAMP = 6;
  private static final int DURATION = 7;
  private static final int LOCAL_ENDPOINT = 8;
  private static final int ANNOTATIONS = 10;
  private static final int TAGS = 11;
  private static final int SHARED = 13;

  // `Annotation`
  private static final int ANNOTATION_TIMESTAMP = 1;
  private static final int ANNOTATION_VALUE = 2;

  // an entry of the map of tags
  private static final int KEY = 1;
  private static final int VALUE = 2;

  // `Endpoint`
  private static final int SERVICE_NAME = 1;
  private static final int IPV4 = 2;
  private static final int IPV6 = 3;

  private final byte[] localEndpoint;
  private final TagKeys keys = new TagKeys(key -> new ProtobufBuffer().text(KEY, key).toBytes());
  private final ProtobufBuffer buffer = new ProtobufBuffer();

  ProtobufEncoder(LocalEndpoint endpoint) {
    this.localEndpoint = encoded(endpoint);
  }

  private static byte[] encoded(LocalEndpoint endpoint) {
    byte[] address = endpoint.address().getAddress();
    ProtobufBuffer field = new ProtobufBuffer();
    int start = field.open(LOCAL_ENDPOINT);
    field.text(SERVICE_NAME, endpoint.serviceName());
    field.bytes(address.length == 4 ? IPV4 : IPV6, address);
    return field.close(start).toBytes();
  }

  @Override
  public String contentType() {
    return "application/x-protobuf";
  }

  @Override
  public void open(ByteBuf out) {}

  @Override
  public void encode(Span span, int index, ByteBuf out) {
    buffer.clear();
    ids(span.context());
    buffer.varint(KIND, kind(span.kind()));
    if (!span.name().isEmpty()) {
      buffer.text(NAME, span.name());
    }
    buffer
        .fixed64(TIMESTAMP, span.startMicros())
        // Zipkin reads 0 as "not known".
        .varint(DURATION, Math.max(1, span.durationMicros()))
        .raw(localEndpoint);
    annotations(span.annotations());
    tags(span.tags());
    if (span.shared()) {
      buffer.varint(SHARED, 1);
    }
    buffer.moveTo(out, SPANS);
  }

  @Override
  public void close(int spans, ByteBuf out) {}

  private void ids(TraceContext context) {
    if (context.traceId().high() == 0) {
      buffer.word(TRACE_ID, context.traceId().low());
    } else {
      buffer.words(TRACE_ID, context.traceId().high(), context.traceId().low());
    }
    if (context.parentId() != 0) {
      buffer.word(PARENT_ID, context.parentId());
    }
    buffer.word(ID, context.spanId());
  }

  private static int kind(Span.Kind kind) {
    return switch (kind) {
      case CLIENT -> 1;
      case SERVER -> 2;
    };
  }

  private void annotations(List<Span.Annotation> annotations) {
    for (int i = 0; i < annotations.size(); i++) {
      Span.Annotation annotation = annotations.get(i);
      int start = buffer.open(ANNOTATIONS);
      buffer
          .fixed64(ANNOTATION_TIMESTAMP, annotation.atMicros())
          .text(ANNOTATION_VALUE, annotation.value())
          .close(start);
    }
  }

  private void tags(List<Span.Tag> tags) {
    for (int i = 0; i < tags.size(); i++) {
      Span.Tag tag = tags.get(i);
      int start = buffer.open(TAGS);
      buffer.raw(keys.of(tag.key())).text(VALUE, tag.value()).close(start);
    }
  }
}
