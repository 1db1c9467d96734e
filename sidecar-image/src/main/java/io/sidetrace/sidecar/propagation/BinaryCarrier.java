package io.sidetrace.sidecar.propagation;

import io.sidetrace.sidecar.propagation.Extracted.Context;
import io.sidetrace.sidecar.propagation.Extracted.Malformed;
import io.sidetrace.sidecar.trace.Sampling;
import io.sidetrace.sidecar.trace.TraceContext;
import io.sidetrace.sidecar.trace.TraceId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// LightStep's message of a context, in Protocol Buffers:
///
///     message BinaryCarrier { BasicTracerCarrier basic_ctx = 2; }
///     message BasicTracerCarrier {
///       fixed64 trace_id = 1; fixed64 span_id = 2; bool sampled = 3;
///       map<string, string> baggage_items = 4;
///     }
final class BinaryCarrier {
  static final String FORMAT = "lightstep";

  /// Of the Base64: baggage may be long, but a head may not.
  private static final int MAX_LENGTH = 8192;

  /// Numbers and wire types of the fields.
  private static final int BASIC_CONTEXT = 2 << 3 | ProtobufFields.BYTES;

  private static final int TRACE_ID = 1 << 3 | ProtobufFields.FIXED64;
  private static final int SPAN_ID = 2 << 3 | ProtobufFields.FIXED64;
  private static final int SAMPLED = 3 << 3 | ProtobufFields.VARINT;
  private static final int BAGGAGE = 4 << 3 | ProtobufFields.BYTES;

  private static final byte[] NONE = new byte[0];

  private long traceId;
  private long spanId;
  private boolean sampled;
  private ByteBuffer baggage = ByteBuffer.wrap(NONE);
  private @Nullable Malformation problem;

  private BinaryCarrier() {}

  static BinaryCarrier parse(String text) {
    var carrier = new BinaryCarrier();
    carrier.problem = carrier.read(text);
    return carrier;
  }

  Extracted extracted() {
    if (problem != null) {
      return new Malformed(FORMAT, problem, Sampling.DEFERRED);
    }
    Sampling sampling = sampled ? Sampling.SAMPLED : Sampling.NOT_SAMPLED;
    if (traceId == 0) {
      return new Malformed(FORMAT, Malformation.TRACE_ID_ZERO, sampling);
    }
    return spanId == 0
        ? new Malformed(FORMAT, Malformation.SPAN_ID_ZERO, sampling)
        : new Context(new TraceContext(new TraceId(0, traceId), spanId, 0, sampling));
  }

  /// The baggage as it came; empty when it came with another trace.
  byte[] baggageOf(TraceId goesOn) {
    if (problem != null || traceId != goesOn.low()) {
      return NONE;
    }
    byte[] bytes = new byte[baggage.position()];
    baggage.get(0, bytes);
    return bytes;
  }

  private @Nullable Malformation read(String text) {
    if (text.isEmpty()) {
      return Malformation.EMPTY;
    }
    if (text.length() > MAX_LENGTH) {
      return Malformation.TOO_LONG;
    }
    byte[] bytes = Base64Text.decode(text);
    if (bytes == null) {
      return Malformation.NOT_BASE64;
    }
    baggage = ByteBuffer.allocate(bytes.length);
    var fields = new ProtobufFields(bytes, 0, bytes.length);
    while (fields.next()) {
      if (fields.tag() == BASIC_CONTEXT && !readContext(fields.content())) {
        return Malformation.NOT_PROTOBUF;
      }
    }
    return fields.isWhole() ? null : Malformation.NOT_PROTOBUF;
  }

  private boolean readContext(ProtobufFields fields) {
    while (fields.next()) {
      switch (fields.tag()) {
        case TRACE_ID -> traceId = fields.number();
        case SPAN_ID -> spanId = fields.number();
        case SAMPLED -> sampled = fields.number() != 0;
        case BAGGAGE -> fields.copyTo(baggage);
        default -> {} // of a later version
      }
    }
    return fields.isWhole();
  }

  static byte[] write(TraceContext context, byte[] baggage) {
    boolean recorded = context.sampling().recorded();
    int length = 2 * (1 + Long.BYTES) + (recorded ? 2 : 0) + baggage.length;
    int largestHead = 1 + ProtobufFields.MAX_VARINT;
    ByteBuffer out = ByteBuffer.allocate(largestHead + length).order(ByteOrder.LITTLE_ENDIAN);
    out.put((byte) BASIC_CONTEXT);
    ProtobufFields.writeVarint(length, out);
    out.put((byte) TRACE_ID).putLong(context.traceId().low());
    out.put((byte) SPAN_ID).putLong(context.spanId());
    if (recorded) {
      out.put((byte) SAMPLED).put((byte) 1);
    }
    out.put(baggage);
    byte[] bytes = new byte[out.position()];
    out.get(0, bytes);
    return bytes;
  }
}
