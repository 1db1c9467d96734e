package io.sidetrace.sidecar.export.grpc;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.sidetrace.sidecar.codec.http2.HpackEncoder;
import io.sidetrace.sidecar.export.EncodedBatch;
import io.sidetrace.sidecar.export.MessageFields.Field;
import java.time.Duration;
import java.util.List;

/// What one call says: a head and a message.
///
/// @param fields its metadata, whose values may be secret
/// @param batch stays the reporter's; only its content is kept
record GrpcRequest(GrpcCollector collector, List<Field> fields, EncodedBatch batch) {
  /// Whether compressed, and the message's length.
  static final int PREFIX_BYTES = 5;

  private static final String GZIP = "gzip";

  /// The most that fits the eight digits that a timeout may have.
  private static final long MOST_MILLIS = 99_999_999;

  /// Writes the fields of the head, in the order that gRPC wants.
  void writeHead(HpackEncoder encoder, String scheme, ByteBuf out) {
    encoder.begin(out);
    encoder.literal(":method", "POST", out);
    encoder.literal(":scheme", scheme, out);
    encoder.literal(":path", collector.path(), out);
    encoder.literal(":authority", collector.authority(), out);
    encoder.literal("te", "trailers", out);
    encoder.literal("grpc-timeout", timeout(collector.timeout()), out);
    encoder.literal("content-type", "application/grpc", out);
    if (batch.compressed()) {
      encoder.literal("grpc-encoding", GZIP, out);
    }
    fields.forEach(field -> encoder.secret(field.name(), field.value(), out));
  }

  private static String timeout(Duration timeout) {
    return Math.clamp(timeout.toMillis(), 1, MOST_MILLIS) + "m";
  }

  /// The message behind its prefix; the receiver releases it.
  ByteBuf message() {
    ByteBuf content = batch.content();
    ByteBuf prefix = ByteBufAllocator.DEFAULT.directBuffer(PREFIX_BYTES, PREFIX_BYTES);
    prefix.writeByte(batch.compressed() ? 1 : 0).writeInt(content.readableBytes());
    return Unpooled.wrappedBuffer(prefix, content);
  }
}
