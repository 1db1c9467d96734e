package io.sidetrace.sidecar.exchange;

import io.sidetrace.sidecar.codec.http2.Violation;
import org.jspecify.annotations.Nullable;

/// What becomes of a stream's frame.
enum Treatment {
  /// Its bytes go on as they come.
  PASS(null),
  /// It concerns a stream that is over; its receiver shall not be bothered.
  DROP(null),
  /// It concerns a stream that never was.
  IDLE_STREAM(Violation.STREAM_IDENTIFIER),
  RESET_FLOOD(Violation.RESET_FLOOD);

  private final @Nullable Violation violation;

  Treatment(@Nullable Violation violation) {
    this.violation = violation;
  }

  @Nullable Violation violation() {
    return violation;
  }
}
