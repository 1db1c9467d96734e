package io.sidetrace.sidecar.export.grpc;

import io.sidetrace.sidecar.report.Delivery;
import io.sidetrace.sidecar.report.DropReason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How a call ended, by gRPC's codes.
enum GrpcStatus {
  OK("0"),
  CANCELLED("1"),
  UNKNOWN("2"),
  INVALID_ARGUMENT("3"),
  DEADLINE_EXCEEDED("4"),
  NOT_FOUND("5"),
  ALREADY_EXISTS("6"),
  PERMISSION_DENIED("7"),
  RESOURCE_EXHAUSTED("8"),
  FAILED_PRECONDITION("9"),
  ABORTED("10"),
  OUT_OF_RANGE("11"),
  UNIMPLEMENTED("12"),
  INTERNAL("13"),
  UNAVAILABLE("14"),
  DATA_LOSS("15"),
  UNAUTHENTICATED("16");

  private final String code;

  GrpcStatus(String code) {
    this.code = code;
  }

  /// The status of that code, which may be nonsense.
  static GrpcStatus of(String code) {
    for (GrpcStatus status : values()) {
      if (status.code.equals(code)) {
        return status;
      }
    }
    return UNKNOWN;
  }

  /// What a status other than OK means for the batch: as OTLP says which may be tried again, and no
  /// other protocol says otherwise.
  ///
  /// @param retryAfter how long the collector asks to be left alone; null: it did not say
  Delivery failure(String detail, @Nullable Duration retryAfter) {
    Duration pause = retryAfter == null ? Duration.ZERO : retryAfter;
    return switch (this) {
      case UNAVAILABLE -> new Delivery.Postponed(DropReason.OVERLOADED, detail, pause);
      // Without a time it means that the message is too large, or a quota is used up for good.
      case RESOURCE_EXHAUSTED ->
          retryAfter == null
              ? new Delivery.Rejected(detail)
              : new Delivery.Postponed(DropReason.OVERLOADED, detail, pause);
      case DEADLINE_EXCEEDED -> new Delivery.Unanswered(DropReason.TIMEOUT, detail);
      case CANCELLED, ABORTED, OUT_OF_RANGE, DATA_LOSS ->
          new Delivery.Unanswered(DropReason.OVERLOADED, detail);
      case OK,
          UNKNOWN,
          INVALID_ARGUMENT,
          NOT_FOUND,
          ALREADY_EXISTS,
          PERMISSION_DENIED,
          FAILED_PRECONDITION,
          UNIMPLEMENTED,
          INTERNAL,
          UNAUTHENTICATED ->
          new Delivery.Rejected(detail);
    };
  }
}
