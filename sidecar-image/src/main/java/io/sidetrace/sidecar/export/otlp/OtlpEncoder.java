package io.sidetrace.sidecar.export.otlp;

import io.netty.buffer.ByteBuf;
import io.sidetrace.sidecar.export.AnswerBytes;
import io.sidetrace.sidecar.export.SpanEncoder;
import io.sidetrace.sidecar.export.TagKeys;
import io.sidetrace.sidecar.export.protobuf.OpenLength;
import io.sidetrace.sidecar.export.protobuf.ProtobufBuffer;
import io.sidetrace.sidecar.export.protobuf.ProtobufReader;
import io.sidetrace.sidecar.report.Delivery;
import io.sidetrace.sidecar.trace.Remark;
import io.sidetrace.sidecar.trace.Span;
import io.sidetrace.sidecar.trace.TraceContext;
import java.util.List;

/// `ExportTraceServiceRequest` in Protocol Buffers, with the spans of one resource and one scope.
/// Confined to the reporter's loop.
final class OtlpEncoder implements SpanEncoder {
  /// Flags: W3C's only one, that it is known whose the parent is, and that it is another process's.
  private static final int SAMPLED = 1;

  private static final int KNOWN_WHETHER_REMOTE = 1 << 8;
  private static final int REMOTE = 1 << 9;

  private static final long NANOS_PER_MICRO = 1_000;

  /// `STATUS_CODE_ERROR`.
  private static final int ERROR = 2;

  private final byte[] resource;
  private final byte[] scope;
  private final TagKeys keys =
      new TagKeys(key -> new ProtobufBuffer().text(Fields.KEY, key).toBytes());
  private final ProtobufBuffer buffer = new ProtobufBuffer();
  private int resourceSpans;
  private int scopeSpans;

  /// @param resource of all spans
  OtlpEncoder(OtlpResource resource) {
    this.resource = resource.encoded();
    this.scope = resource.encodedScope();
  }

  @Override
  public String contentType() {
    return "application/x-protobuf";
  }

  /// The two places that are left open are the same in every message.
  @Override
  public void open(ByteBuf out) {
    resourceSpans = OpenLength.open(out, Fields.REQUEST_RESOURCE_SPANS);
    out.writeBytes(resource);
    scopeSpans = OpenLength.open(out, Fields.RESOURCE_SPANS_SCOPE_SPANS);
    out.writeBytes(scope);
  }

  @Override
  public void encode(Span span, int index, ByteBuf out) {
    buffer.clear();
    context(span.context());
    buffer
        .text(Fields.SPAN_NAME, span.name())
        .varint(Fields.SPAN_KIND, kind(span.kind()))
        .fixed64(Fields.SPAN_START, span.startMicros() * NANOS_PER_MICRO)
        .fixed64(Fields.SPAN_END, (span.startMicros() + span.durationMicros()) * NANOS_PER_MICRO);
    attributes(span);
    events(span.annotations());
    buffer.fixed32(Fields.SPAN_FLAGS, flags(span));
    buffer.moveTo(out, Fields.SCOPE_SPANS_SPAN);
  }

  @Override
  public void close(int spans, ByteBuf out) {
    OpenLength.close(out, scopeSpans);
    OpenLength.close(out, resourceSpans);
  }

  /// Identifiers of 64 bits have zeros before them.
  private void context(TraceContext context) {
    buffer
        .words(Fields.SPAN_TRACE_ID, context.traceId().high(), context.traceId().low())
        .word(Fields.SPAN_ID, context.spanId());
    if (context.remark() instanceof Remark.TraceState(String text) && !text.isEmpty()) {
      buffer.text(Fields.SPAN_TRACE_STATE, text);
    }
    if (context.parentId() != 0) {
      buffer.word(Fields.SPAN_PARENT_ID, context.parentId());
    }
  }

  private static int flags(Span span) {
    int sampled = span.context().sampling().recorded() ? SAMPLED : 0;
    return KNOWN_WHETHER_REMOTE
        | sampled
        | switch (span.parent()) {
          case NONE, LOCAL -> 0;
          case REMOTE -> REMOTE;
        };
  }

  private static int kind(Span.Kind kind) {
    return switch (kind) {
      case SERVER -> 2;
      case CLIENT -> 3;
    };
  }

  private void attributes(Span span) {
    List<Span.Tag> tags = span.tags();
    boolean error = false;
    for (int i = 0; i < tags.size(); i++) {
      Span.Tag tag = tags.get(i);
      int attribute = buffer.open(Fields.SPAN_ATTRIBUTE);
      int value = buffer.raw(keys.of(tag.key())).open(Fields.VALUE);
      buffer.text(Fields.STRING_VALUE, tag.value()).close(value).close(attribute);
      error |= saysError(tag, span.kind());
    }
    if (error) {
      int status = buffer.open(Fields.SPAN_STATUS);
      buffer.varint(Fields.STATUS_CODE, ERROR).close(status);
    }
  }

  /// As OpenTelemetry's conventions have it, and Envoy: that a client asked wrongly is an error of
  /// the client's span, and none of the server's.
  private static boolean saysError(Span.Tag tag, Span.Kind kind) {
    return switch (tag.key()) {
      case "error" -> tag.value().equals("true");
      case "http.status_code" -> {
        char lowest =
            switch (kind) {
              case CLIENT -> '4';
              case SERVER -> '5';
            };
        yield tag.value().length() == 3 && tag.value().charAt(0) >= lowest;
      }
      default -> false;
    };
  }

  private void events(List<Span.Annotation> annotations) {
    for (int i = 0; i < annotations.size(); i++) {
      Span.Annotation annotation = annotations.get(i);
      int event = buffer.open(Fields.SPAN_EVENT);
      buffer
          .fixed64(Fields.EVENT_TIME, annotation.atMicros() * NANOS_PER_MICRO)
          .text(Fields.EVENT_NAME, annotation.value())
          .close(event);
    }
  }

  /// `ExportTraceServiceResponse`: a partial success says how many spans were not taken, or warns.
  @Override
  public Delivery.Accepted accepted(byte[] answer) {
    long rejected = 0;
    String message = "";
    ProtobufReader response = new ProtobufReader(answer);
    while (response.next()) {
      if (response.field() == Fields.RESPONSE_PARTIAL_SUCCESS) {
        ProtobufReader partial = response.message();
        while (partial.next()) {
          switch (partial.field()) {
            case Fields.PARTIAL_REJECTED -> rejected = partial.number();
            case Fields.PARTIAL_MESSAGE -> message = partial.text();
            default -> {}
          }
        }
      }
    }
    return new Delivery.Accepted(
        Math.clamp(rejected, 0, Integer.MAX_VALUE), AnswerBytes.shown(message));
  }
}
