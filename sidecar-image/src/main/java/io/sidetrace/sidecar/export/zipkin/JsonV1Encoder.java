package io.sidetrace.sidecar.export.zipkin;

import io.netty.buffer.ByteBuf;
import io.sidetrace.sidecar.export.JsonBuffer;
import io.sidetrace.sidecar.export.SpanEncoder;
import io.sidetrace.sidecar.export.TagKeys;
import io.sidetrace.sidecar.trace.Span;
import io.sidetrace.sidecar.trace.TraceContext;
import java.util.List;

/// Zipkin's JSON of version 1, in which kinds are pairs of annotations: `cs` and `cr` of a client,
/// `sr` and `ss` of a server. Confined to the reporter's loop.
///
/// Timestamp and duration belong to whoever began the span: a server that shares its client's span
/// id has neither, and its annotations say when it was.
final class JsonV1Encoder implements SpanEncoder {
  private final byte[] localEndpoint;
  private final TagKeys keys =
      new TagKeys(key -> new JsonBuffer().raw("{\"key\":").text(key).raw(",\"value\":").toBytes());
  private final JsonBuffer json = new JsonBuffer();

  JsonV1Encoder(LocalEndpoint endpoint) {
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
    ids(span);
    times(span);
    annotations(span);
    binaryAnnotations(span.tags());
    json.raw("}");
    json.moveTo(out);
  }

  @Override
  public void close(int spans, ByteBuf out) {
    out.writeByte(']');
  }

  private void ids(Span span) {
    TraceContext context = span.context();
    json.raw("{\"traceId\":").hex(context.traceId().high(), context.traceId().low());
    json.raw(",\"name\":").text(span.name());
    json.raw(",\"id\":").hex(context.spanId());
    if (context.parentId() != 0) {
      json.raw(",\"parentId\":").hex(context.parentId());
    }
  }

  private void times(Span span) {
    if (span.shared()) {
      return;
    }
    json.raw(",\"timestamp\":").decimal(span.startMicros());
    json.raw(",\"duration\":").decimal(Math.max(1, span.durationMicros()));
  }

  private void annotations(Span span) {
    boolean client = span.kind() == Span.Kind.CLIENT;
    json.raw(",\"annotations\":[");
    annotation(span.startMicros(), client ? "cs" : "sr");
    for (Span.Annotation annotation : span.annotations()) {
      json.raw(",");
      annotation(annotation.atMicros(), annotation.value());
    }
    json.raw(",");
    annotation(span.startMicros() + Math.max(1, span.durationMicros()), client ? "cr" : "ss");
    json.raw("]");
  }

  private void annotation(long atMicros, String value) {
    json.raw("{\"timestamp\":").decimal(atMicros).raw(",\"value\":").text(value);
    endpoint();
  }

  private void binaryAnnotations(List<Span.Tag> tags) {
    json.raw(",\"binaryAnnotations\":[");
    String before = "";
    for (Span.Tag tag : tags) {
      json.raw(before).raw(keys.of(tag.key())).text(tag.value());
      endpoint();
      before = ",";
    }
    json.raw("]");
  }

  private void endpoint() {
    json.raw(",\"endpoint\":").raw(localEndpoint).raw("}");
  }
}
