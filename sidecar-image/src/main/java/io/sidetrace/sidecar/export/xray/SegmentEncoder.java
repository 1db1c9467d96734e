package io.sidetrace.sidecar.export.xray;

import io.netty.buffer.ByteBuf;
import io.sidetrace.sidecar.config.provider.XRay;
import io.sidetrace.sidecar.export.JsonBuffer;
import io.sidetrace.sidecar.export.SpanEncoder;
import io.sidetrace.sidecar.export.TagKeys;
import io.sidetrace.sidecar.trace.Span;
import io.sidetrace.sidecar.trace.Span.Parent;
import io.sidetrace.sidecar.trace.TraceContext;
import io.sidetrace.sidecar.trace.TraceId;
import java.util.List;

/// X-Ray's segment documents, each behind the daemon's own head. Confined to the reporter's loop.
///
/// A request is a segment, named after the service; the request to the upstream is a subsegment of
/// it, which is sent by itself. Tags of HTTP have fields of their own, the others are annotations.
final class SegmentEncoder implements SpanEncoder {
  private static final String HEAD = "{\"format\":\"json\",\"version\":1}\n";

  /// X-Ray takes documents of 64 KB, and a datagram holds little more.
  static final int MOST_BYTES = 63 * 1024;

  private final String segmentName;
  private final byte[] resource;
  private final TagKeys keys = new TagKeys(key -> new JsonBuffer().text(key).raw(":").toBytes());
  private final JsonBuffer json = new JsonBuffer();
  private final HttpFields http = new HttpFields();

  /// @param segmentName names all segments
  SegmentEncoder(XRay settings, String segmentName) {
    this.segmentName = Names.cleaned(segmentName);
    var own = new JsonBuffer();
    if (!settings.origin().isEmpty()) {
      own.raw(",\"origin\":").text(settings.origin());
    }
    if (!settings.aws().fields().isEmpty()) {
      own.raw(",\"aws\":").raw(AwsJson.of(settings.aws()));
    }
    this.resource = own.toBytes();
  }

  @Override
  public String contentType() {
    return "application/json";
  }

  @Override
  public void open(ByteBuf out) {}

  /// Refuses a document that no datagram could carry.
  @Override
  public void encode(Span span, int index, ByteBuf out) {
    json.clear();
    http.clear();
    boolean local = span.parent() == Parent.LOCAL;
    json.raw(HEAD).raw("{\"name\":").text(local ? Names.cleaned(span.name()) : segmentName);
    ids(span.context());
    json.raw(",\"start_time\":").seconds(span.startMicros());
    json.raw(",\"end_time\":").seconds(span.startMicros() + span.durationMicros());
    annotations(span);
    http.writeTo(json);
    json.raw(local ? ",\"type\":\"subsegment\"}" : "");
    if (!local) {
      json.raw(resource).raw("}");
    }
    if (json.length() > MOST_BYTES) {
      throw new IllegalArgumentException(
          "segment: " + json.length() + " bytes (expected: <= " + MOST_BYTES + ")");
    }
    json.moveTo(out);
  }

  @Override
  public void close(int spans, ByteBuf out) {}

  /// A 64-bit trace id has no time in it; it is written as in the header.
  private void ids(TraceContext context) {
    json.raw(",\"id\":").hex(context.spanId());
    TraceId trace = context.traceId();
    json.raw(",\"trace_id\":\"1-").hexWord(trace.high() >>> 32).raw("-");
    json.hexWord(trace.high());
    json.hexDigits(trace.low());
    json.raw("\"");
    if (context.parentId() != 0) {
      json.raw(",\"parent_id\":").hex(context.parentId());
    }
  }

  private void annotations(Span span) {
    boolean client = span.kind() == Span.Kind.CLIENT;
    json.raw(",\"annotations\":{\"direction\":");
    json.raw(client ? "\"egress\"" : "\"ingress\"");
    List<Span.Tag> tags = span.tags();
    for (int i = 0; i < tags.size(); i++) {
      Span.Tag tag = tags.get(i);
      if (!http.take(tag)) {
        json.raw(",").raw(keys.of(tag.key())).text(HttpFields.cut(tag.value()));
      }
    }
    json.raw("}");
  }
}
