package io.sidetrace.sidecar.export.zipkin;

import io.netty.buffer.ByteBuf;
import io.sidetrace.sidecar.export.JsonBuffer;
import io.sidetrace.sidecar.export.SpanEncoder;
import io.sidetrace.sidecar.export.TagKeys;
import io.sidetrace.sidecar.trace.Span;
import io.sidetrace.sidecar.trace.TraceContext;
import java.util.List;

/// Zipkin's JSON of version 2, as Envoy writes it. Confined to the reporter's loop.
final class JsonV2Encoder implements SpanEncoder {
  private final byte[] localEndpoint;
  private final TagKeys keys = new TagKeys(key -> new JsonBuffer().text(key).raw(":").toBytes());
  private final JsonBuffer json = new JsonBuffer();

  JsonV2Encoder(LocalEndpoint endpoint) {
    this.localEndpoint = endpoint.json();
  }

  @Override
  public String contentType() {
    return "application/json";
  }

  @Override
  public void open(ByteBuf out) {
    out.writeByte('[');
  }

  @Override
  public void encode(Span span, int index, ByteBuf out) {
    json.clear();
    json.raw(index == 0 ? "" : ",");
    ids(span.context());
    json.raw(",\"kind\":").raw(kind(span.kind()));
    if (!span.name().isEmpty()) {
      json.raw(",\"name\":").text(span.name());
    }
    json.raw(",\"timestamp\":").decimal(span.startMicros());
    // Zipkin reads 0 as "not known".
    json.raw(",\"duration\":").decimal(Math.max(1, span.durationMicros()));
    json.raw(",\"localEndpoint\":").raw(localEndpoint);
    tags(span.tags());
    annotations(span.annotations());
    json.raw(span.shared() ? ",\"shared\":true}" : "}");
    json.moveTo(out);
  }

  @Override
  public void close(int spans, ByteBuf out) {
    out.writeByte(']');
  }

  private void ids(TraceContext context) {
    json.raw("{\"traceId\":").hex(context.traceId().high(), context.traceId().low());
    if (context.parentId() != 0) {
      json.raw(",\"parentId\":").hex(context.parentId());
    }
    json.raw(",\"id\":").hex(context.spanId());
  }

  private static String kind(Span.Kind kind) {
    return switch (kind) {
      case CLIENT -> "\"CLIENT\"";
      case SERVER -> "\"SERVER\"";
    };
  }

  private void tags(List<Span.Tag> tags) {
    if (tags.isEmpty()) {
      return;
    }
    String before = ",\"tags\":{";
    for (Span.Tag tag : tags) {
      json.raw(before).raw(keys.of(tag.key())).text(tag.value());
      before = ",";
    }
    json.raw("}");
  }

  private void annotations(List<Span.Annotation> annotations) {
    if (annotations.isEmpty()) {
      return;
    }
    String before = ",\"annotations\":[";
    for (Span.Annotation annotation : annotations) {
      json.raw(before).raw("{\"timestamp\":").decimal(annotation.atMicros());
      json.raw(",\"value\":").text(annotation.value()).raw("}");
      before = ",";
    }
    json.raw("]");
  }
}
