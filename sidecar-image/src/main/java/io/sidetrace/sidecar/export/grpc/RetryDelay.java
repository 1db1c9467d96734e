package io.sidetrace.sidecar.export.grpc;

import io.sidetrace.sidecar.export.protobuf.ProtobufReader;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// How long a collector asks to be left alone: by `google.rpc.RetryInfo` among the details of its
/// status, or by `retry-after` in seconds.
final class RetryDelay {
  private static final String RETRY_INFO = "type.googleapis.com/google.rpc.RetryInfo";

  /// Fields of `google.rpc.Status`, `google.protobuf.Any`, `RetryInfo` and `Duration`.
  private static final int STATUS_DETAILS = 3;

  private static final int ANY_TYPE = 1;
  private static final int ANY_VALUE = 2;
  private static final int RETRY_DELAY = 1;
  private static final int SECONDS = 1;
  private static final int NANOS = 2;

  /// Beyond that nobody waits, and arithmetic stays within bounds.
  private static final long MOST_SECONDS = Duration.ofDays(1).toSeconds();

  private RetryDelay() {}

  /// The delay that an answer asks for.
  ///
  /// @param details of `grpc-status-details-bin`; null: none
  /// @return null when it does not say
  static @Nullable Duration of(@Nullable String details, @Nullable String retryAfter) {
    Duration told = details == null ? null : ofStatus(details);
    return told == null && retryAfter != null ? ofSeconds(retryAfter.strip()) : told;
  }

  private static @Nullable Duration ofSeconds(String text) {
    boolean digits = !text.isEmpty() && text.length() <= 9;
    return digits && text.chars().allMatch(c -> c >= '0' && c <= '9')
        ? Duration.ofSeconds(Integer.parseInt(text))
        : null;
  }

  private static @Nullable Duration ofStatus(String details) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(details.strip());
    } catch (IllegalArgumentException e) {
      return null;
    }
    ProtobufReader status = new ProtobufReader(bytes);
    while (status.next()) {
      Duration told = status.field() == STATUS_DETAILS ? ofAny(status.message()) : null;
      if (told != null) {
        return told;
      }
    }
    return null;
  }

  private static @Nullable Duration ofAny(ProtobufReader any) {
    String type = "";
    ProtobufReader value = new ProtobufReader(new byte[0]);
    while (any.next()) {
      switch (any.field()) {
        case ANY_TYPE -> type = any.text();
        case ANY_VALUE -> value = any.message();
        default -> {}
      }
    }
    if (!type.equals(RETRY_INFO)) {
      return null;
    }
    Duration delay = Duration.ZERO;
    while (value.next()) {
      delay = value.field() == RETRY_DELAY ? duration(value.message()) : delay;
    }
    return delay;
  }

  private static Duration duration(ProtobufReader message) {
    Duration duration = Duration.ZERO;
    while (message.next()) {
      long number = Math.clamp(message.number(), 0, Integer.MAX_VALUE);
      switch (message.field()) {
        case SECONDS -> duration = duration.plusSeconds(Math.min(number, MOST_SECONDS));
        case NANOS -> duration = duration.plusNanos(number);
        default -> {}
      }
    }
    return duration;
  }
}
