package io.sidetrace.sidecar.export.grpc;

import io.netty.buffer.ByteBuf;
import io.sidetrace.sidecar.codec.http2.HeaderFields;
import io.sidetrace.sidecar.export.Answer;
import io.sidetrace.sidecar.export.AnswerBytes;
import io.sidetrace.sidecar.export.SpanEncoder;
import io.sidetrace.sidecar.report.Delivery;
import io.sidetrace.sidecar.report.DropReason;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What came of an answer: a head, perhaps a message, and trailers, which are the head where there
/// is nothing else. Confined to its connection's loop.
final class GrpcAnswer {
  /// Less than the window that a stream begins with, so that no answer ever waits for more.
  private static final int MOST_BYTES = 32 * 1024;

  private static final int OK = 200;
  private static final int FIRST_FINAL_STATUS = 200;

  private final AnswerBytes body = new AnswerBytes(MOST_BYTES);
  private int httpStatus;
  private @Nullable String contentType;
  private @Nullable String retryAfter;
  private @Nullable String status;
  private @Nullable String message;
  private @Nullable String details;

  /// Takes a head or trailers.
  void head(HeaderFields fields) {
    if (httpStatus < FIRST_FINAL_STATUS) {
      httpStatus = fields.shape().status(fields);
      contentType = fields.first("content-type");
      retryAfter = fields.first("retry-after");
    }
    if (status == null) {
      status = fields.first("grpc-status");
      message = fields.first("grpc-message");
      details = fields.first("grpc-status-details-bin");
    }
  }

  /// Takes a part of the body.
  ///
  /// @return whether it is not too much
  boolean data(ByteBuf data) {
    return body.add(data);
  }

  /// What the answer means for the batch.
  Delivery delivery(SpanEncoder encoder, InstantSource clock) {
    if (status != null) {
      GrpcStatus known = GrpcStatus.of(status);
      return known == GrpcStatus.OK
          ? encoder.accepted(answerMessage())
          : known.failure(detail(status, known), RetryDelay.of(details, retryAfter));
    }
    if (httpStatus != OK && httpStatus >= FIRST_FINAL_STATUS) {
      Delivery byHttp = Answer.of(httpStatus, retryAfter, clock);
      return byHttp instanceof Delivery.Accepted
          ? new Delivery.Rejected(httpStatus + " instead of gRPC's 200")
          : byHttp;
    }
    if (contentType != null && !contentType.startsWith("application/grpc")) {
      return new Delivery.Rejected(
          "content-type: %s (expected: application/grpc)"
              .formatted(AnswerBytes.shown(contentType)));
    }
    return new Delivery.Unanswered(DropReason.DISCONNECTED, "answer without grpc-status");
  }

  private String detail(String code, GrpcStatus known) {
    String text = message == null ? "" : GrpcText.decoded(message);
    String name = AnswerBytes.shown(code) + " " + known;
    return text.isEmpty() ? name : name + ": " + text;
  }

  /// The message without its prefix; empty where there is none that can be read.
  private byte[] answerMessage() {
    byte[] bytes = body.toBytes();
    if (bytes.length < GrpcRequest.PREFIX_BYTES || bytes[0] != 0) {
      return new byte[0];
    }
    int length = ByteBuffer.wrap(bytes).getInt(1);
    int most = bytes.length - GrpcRequest.PREFIX_BYTES;
    int taken = length < 0 ? most : Math.min(length, most);
    return Arrays.copyOfRange(bytes, GrpcRequest.PREFIX_BYTES, GrpcRequest.PREFIX_BYTES + taken);
  }
}
