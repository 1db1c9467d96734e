package io.sidetrace.sidecar.export.grpc;

import io.netty.buffer.ByteBuf;
import io.sidetrace.sidecar.codec.http2.HeaderFields;
import io.sidetrace.sidecar.export.SpanEncoder;
import io.sidetrace.sidecar.report.Delivery;
import java.time.InstantSource;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One call, from its message to its status. Confined to its connection's loop; owns the message
/// until it is sent.
final class GrpcCall {
  private final GrpcRequest request;
  private final SpanEncoder encoder;
  private final Consumer<Delivery> done;
  private final ByteBuf message;
  private final GrpcAnswer answer = new GrpcAnswer();
  private @Nullable ScheduledFuture<?> timeout;
  private boolean ended;

  /// 0 until the call has begun.
  int streamId;

  /// How many bytes of the message its receiver takes yet.
  int window;

  /// @param encoder reads what the collector answers
  /// @param done is told the end of it, exactly once
  GrpcCall(GrpcRequest request, SpanEncoder encoder, Consumer<Delivery> done) {
    this.request = request;
    this.encoder = encoder;
    this.done = done;
    this.message = request.message();
  }

  GrpcRequest request() {
    return request;
  }

  void limitedBy(ScheduledFuture<?> timeout) {
    this.timeout = timeout;
  }

  /// How much of the message is to be sent.
  int unsent() {
    return ended ? 0 : message.readableBytes();
  }

  /// The next part of the message; the receiver releases it.
  ByteBuf take(int bytes) {
    return message.readRetainedSlice(bytes);
  }

  void head(HeaderFields fields) {
    answer.head(fields);
  }

  /// Takes a part of the answer's body.
  ///
  /// @return whether it is not too much
  boolean data(ByteBuf data) {
    return answer.data(data);
  }

  /// What the answer means, now that it is complete.
  Delivery answer() {
    return answer.delivery(encoder, InstantSource.system());
  }

  /// Ends the call, unless it has ended.
  void end(Delivery delivery) {
    if (ended) {
      return;
    }
    ended = true;
    if (timeout != null) {
      timeout.cancel(false);
    }
    message.release();
    done.accept(delivery);
  }
}
