package io.sidetrace.sidecar.export.skywalking;

import io.netty.buffer.ByteBuf;
import io.sidetrace.sidecar.export.SpanEncoder;
import io.sidetrace.sidecar.export.TagKeys;
import io.sidetrace.sidecar.export.protobuf.ProtobufBuffer;
import io.sidetrace.sidecar.trace.Remark;
import io.sidetrace.sidecar.trace.SegmentId;
import io.sidetrace.sidecar.trace.Span;
import io.sidetrace.sidecar.trace.Span.Annotation;
import io.sidetrace.sidecar.trace.Span.Tag;
import io.sidetrace.sidecar.trace.TraceContext;
import java.util.List;

/// `SegmentCollection` in Protocol Buffers: each span a segment, its only span of the index 0.
/// Confined to the reporter's loop.
final class SegmentEncoder implements SpanEncoder {
  /// The parent of a segment's first span: none.
  private static final long NO_PARENT = -1;

  /// SkyWalking's number for Envoy; servers have no other for proxies of this kind.
  private static final int COMPONENT = 9000;

  private static final long MICROS_PER_MILLI = 1_000;

  /// In the place of what a parent of another system does not tell.
  private static final String UNKNOWN = "-";

  private final Sender sender;
  private final byte[] names;
  private final byte[] eventKey = new ProtobufBuffer().text(Fields.KEY, "event").toBytes();
  private final TagKeys keys =
      new TagKeys(key -> new ProtobufBuffer().text(Fields.KEY, renamed(key)).toBytes());
  private final ProtobufBuffer buffer = new ProtobufBuffer();
  private final SpanFacts facts = new SpanFacts();

  SegmentEncoder(Sender sender) {
    this.sender = sender;
    this.names =
        new ProtobufBuffer()
            .text(Fields.SERVICE, sender.service())
            .text(Fields.INSTANCE, sender.instance())
            .toBytes();
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
    facts.read(span.tags());
    buffer
        .text(Fields.TRACE_ID, SegmentId.traceText(span.context()))
        .text(Fields.SEGMENT_ID, SegmentId.of(span.context()));
    int start = buffer.open(Fields.SPANS);
    span(span);
    buffer.close(start).raw(names).moveTo(out, Fields.SEGMENTS);
  }

  @Override
  public void close(int spans, ByteBuf out) {}

  private void span(Span span) {
    long endMicros = span.startMicros() + span.durationMicros();
    buffer
        .varint(Fields.PARENT_SPAN_ID, NO_PARENT)
        .varint(Fields.START_MILLIS, span.startMicros() / MICROS_PER_MILLI)
        .varint(Fields.END_MILLIS, endMicros / MICROS_PER_MILLI);
    reference(span);
    buffer.text(Fields.OPERATION, facts.operation(span)).text(Fields.PEER, facts.peer(span));
    switch (span.kind()) {
      case SERVER -> {} // Entry, the default
      case CLIENT -> buffer.varint(Fields.TYPE, Fields.EXIT);
    }
    if (facts.layer() != 0) {
      buffer.varint(Fields.LAYER, facts.layer());
    }
    buffer.varint(Fields.COMPONENT, COMPONENT);
    if (facts.error()) {
      buffer.varint(Fields.IS_ERROR, 1);
    }
    tags(span.tags());
    logs(span.annotations());
  }

  /// The parent as SkyWalking told it; else one that is a span of ours by the same rule, here or in
  /// another sidecar.
  private void reference(Span span) {
    TraceContext context = span.context();
    if (context.parentId() == 0) {
      return;
    }
    boolean local = span.parent() == Span.Parent.LOCAL;
    int start = buffer.open(Fields.REFS);
    if (!local && context.remark() instanceof Remark.SkyWalking parent) {
      told(parent);
    } else {
      ours(context, local);
    }
    buffer.close(start);
  }

  private void told(Remark.SkyWalking parent) {
    buffer
        .text(Fields.REF_TRACE_ID, parent.traceId())
        .text(Fields.REF_SEGMENT_ID, parent.segmentId())
        .varint(Fields.REF_SPAN_ID, parent.spanIndex())
        .text(Fields.REF_SERVICE, parent.service())
        .text(Fields.REF_INSTANCE, parent.instance())
        .text(Fields.REF_ENDPOINT, parent.endpoint())
        .text(Fields.REF_PEER, parent.peer());
  }

  private void ours(TraceContext context, boolean local) {
    if (local) {
      buffer.varint(Fields.REF_TYPE, Fields.CROSS_THREAD);
    }
    buffer
        .text(Fields.REF_TRACE_ID, SegmentId.traceText(context))
        .text(Fields.REF_SEGMENT_ID, SegmentId.of(context.traceId(), context.parentId()))
        .varint(Fields.REF_SPAN_ID, 0)
        .text(Fields.REF_SERVICE, local ? sender.service() : UNKNOWN)
        .text(Fields.REF_INSTANCE, local ? sender.instance() : UNKNOWN)
        .text(Fields.REF_ENDPOINT, UNKNOWN)
        .text(Fields.REF_PEER, UNKNOWN);
  }

  /// SkyWalking's own names of tags, as in Envoy.
  private static String renamed(String key) {
    return switch (key) {
      case "http.url" -> "url";
      case "http.status_code" -> "status_code";
      default -> key;
    };
  }

  private void tags(List<Tag> tags) {
    for (int i = 0; i < tags.size(); i++) {
      Tag tag = tags.get(i);
      if (!tag.key().equals("peer.address")) { // is the peer
        int start = buffer.open(Fields.TAGS);
        buffer.raw(keys.of(tag.key())).text(Fields.VALUE, tag.value()).close(start);
      }
    }
  }

  private void logs(List<Annotation> annotations) {
    for (int i = 0; i < annotations.size(); i++) {
      Annotation annotation = annotations.get(i);
      int log = buffer.open(Fields.LOGS);
      buffer.varint(Fields.LOG_MILLIS, annotation.atMicros() / MICROS_PER_MILLI);
      int data = buffer.open(Fields.LOG_DATA);
      buffer.raw(eventKey).text(Fields.VALUE, annotation.value()).close(data).close(log);
    }
  }
}
