package io.sidetrace.sidecar.export.datadog;

import io.netty.buffer.ByteBuf;
import io.sidetrace.sidecar.export.MessageFields.Field;
import io.sidetrace.sidecar.export.SpanEncoder;
import io.sidetrace.sidecar.export.TagKeys;
import io.sidetrace.sidecar.trace.Hex;
import io.sidetrace.sidecar.trace.Remark;
import io.sidetrace.sidecar.trace.Span;
import io.sidetrace.sidecar.trace.TraceContext;
import io.sidetrace.sidecar.trace.TraceId;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The agent's format of version 0.4: a list of chunks, which are lists of spans of one trace, in
/// MessagePack. Confined to the reporter's loop.
///
/// Neighbours of one trace share a chunk. What belongs to the trace stands on a chunk's first span
/// alone: its priority, how that came to be, and the high half of its identifier.
final class MsgpackEncoder implements SpanEncoder {
  /// A list whose length has 32 bits, so that it can be filled in.
  private static final int ARRAY_32 = 0xdd;

  private static final int ARRAY_HEAD_BYTES = 5;

  private static final String TRACE_COUNT = "x-datadog-trace-count";

  /// Fields of a span, of which the first three never change.
  private static final int SPAN_FIELDS = 12;

  private static final byte[] TRACE_ID = key("trace_id");
  private static final byte[] SPAN_ID = key("span_id");
  private static final byte[] PARENT_ID = key("parent_id");
  private static final byte[] START = key("start");
  private static final byte[] DURATION = key("duration");
  private static final byte[] ERROR = key("error");
  private static final byte[] META = key("meta");
  private static final byte[] METRICS = key("metrics");
  private static final byte[] HIGH_HALF = key(TraceTags.HIGH_HALF);
  private static final byte[] ORIGIN = key("_dd.origin");
  private static final byte[] PRIORITY = key("_sampling_priority_v1");
  private static final byte[] ERROR_MESSAGE = key("error.message");
  private static final byte[] CLIENT =
      new MsgpackBuffer().text("span.kind").text("client").toBytes();
  private static final byte[] SERVER =
      new MsgpackBuffer().text("span.kind").text("server").toBytes();

  private final byte[] start;
  private final byte[] process;
  private final byte[] processId;
  private final TagKeys keys = new TagKeys(MsgpackEncoder::key);
  private final MsgpackBuffer span = new MsgpackBuffer();

  // Of the message that is open.
  private int chunks;
  private int chunkAt;
  private int chunkSpans;
  private @Nullable TraceId chunkTrace;

  /// @param serviceName whose spans these are
  MsgpackEncoder(String serviceName, TracerProcess process) {
    this.start =
        new MsgpackBuffer()
            .smallMap(SPAN_FIELDS)
            .text("service")
            .text(serviceName)
            .text("name")
            .text("envoy.proxy")
            .text("type")
            .text("web")
            .text("resource")
            .toBytes();
    this.process =
        new MsgpackBuffer()
            .text("language")
            .text(TracerProcess.LANGUAGE)
            .text("runtime-id")
            .text(process.runtimeId())
            .toBytes();
    this.processId = new MsgpackBuffer().text("process_id").number((double) process.id()).toBytes();
  }

  private static byte[] key(String key) {
    return new MsgpackBuffer().text(key).toBytes();
  }

  @Override
  public String contentType() {
    return "application/msgpack";
  }

  @Override
  public void open(ByteBuf out) {
    chunks = 0;
    chunkTrace = null;
    out.writeByte(ARRAY_32).writeInt(0);
  }

  /// Nothing here is changed, nor anything written, before all of the span is known to fit.
  @Override
  public void encode(Span finished, int index, ByteBuf out) {
    TraceId trace = finished.context().traceId();
    boolean first = !trace.equals(chunkTrace);
    span.clear();
    write(finished, first);
    out.ensureWritable(span.length() + ARRAY_HEAD_BYTES);
    if (first) {
      chunks++;
      chunkTrace = trace;
      chunkSpans = 0;
      chunkAt = out.writerIndex() + 1;
      out.writeByte(ARRAY_32).writeInt(0);
    }
    out.setInt(chunkAt, ++chunkSpans);
    span.copyTo(out);
  }

  @Override
  public void close(int spans, ByteBuf out) {
    out.setInt(1, chunks);
  }

  @Override
  public List<Field> closedFields() {
    return List.of(new Field(TRACE_COUNT, Integer.toString(chunks)));
  }

  private void write(Span finished, boolean first) {
    TraceContext context = finished.context();
    span.raw(start).text(finished.name());
    span.raw(TRACE_ID).word(context.traceId().low());
    span.raw(SPAN_ID).word(context.spanId());
    span.raw(PARENT_ID).word(context.parentId());
    span.raw(START).word(TimeUnit.MICROSECONDS.toNanos(finished.startMicros()));
    span.raw(DURATION).word(TimeUnit.MICROSECONDS.toNanos(finished.durationMicros()));
    boolean error = meta(finished, first);
    span.raw(ERROR).digit(error ? 1 : 0);
    span.raw(METRICS).smallMap(first ? 2 : 1).raw(processId);
    if (first) {
      span.raw(PRIORITY).number(TraceTags.priority(context));
    }
  }

  /// Writes all texts of a span; answers whether it is one of an error, which is a field of its
  /// own.
  private boolean meta(Span finished, boolean first) {
    span.raw(META);
    int opened = span.openMap();
    span.raw(process).raw(finished.kind() == Span.Kind.CLIENT ? CLIENT : SERVER);
    int entries = 3;
    boolean error = false;
    List<Span.Tag> tags = finished.tags();
    for (int i = 0; i < tags.size(); i++) {
      Span.Tag tag = tags.get(i);
      if (tag.key().equals("error")) {
        error = tag.value().equals("true");
        continue;
      }
      span.raw(keys.of(tag.key())).text(tag.value());
      entries++;
      if (tag.key().equals("error.reason")) {
        span.raw(ERROR_MESSAGE).text(tag.value());
        entries++;
      }
    }
    entries += ofTrace(finished.context(), first);
    span.closeMap(opened, entries);
    return error;
  }

  /// @return how many entries that were
  private int ofTrace(TraceContext context, boolean first) {
    int entries = 0;
    if (context.remark() instanceof Remark.Datadog remark) {
      if (!remark.origin().isEmpty()) {
        span.raw(ORIGIN).text(remark.origin());
        entries++;
      }
      entries += first ? TraceTags.write(remark.tags(), span) : 0;
    }
    if (first && context.traceId().high() != 0) {
      span.raw(HIGH_HALF).text(Hex.format(context.traceId().high()));
      entries++;
    }
    return entries;
  }
}
