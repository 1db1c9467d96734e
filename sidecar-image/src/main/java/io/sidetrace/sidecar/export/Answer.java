package io.sidetrace.sidecar.export;

import io.netty.handler.codec.DateFormatter;
import io.sidetrace.sidecar.report.Delivery;
import io.sidetrace.sidecar.report.DropReason;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/// What a collector's status by HTTP means for the batch.
public final class Answer {
  private Answer() {}

  public static Delivery of(int status, @Nullable String retryAfter, InstantSource clock) {
    if (status >= 200 && status < 300) {
      return new Delivery.Accepted();
    }
    String detail = Integer.toString(status);
    return switch (status) {
      // 502: a proxy before the collector did not reach it.
      case 429, 502, 503 ->
          new Delivery.Postponed(DropReason.OVERLOADED, detail, delay(retryAfter, clock));
      case 504 -> new Delivery.Unanswered(DropReason.TIMEOUT, detail);
      default -> new Delivery.Rejected(detail);
    };
  }

  /// The `Retry-After` field, seconds or a date; zero when there is none that can be read.
  private static Duration delay(@Nullable String retryAfter, InstantSource clock) {
    if (retryAfter == null || retryAfter.isBlank()) {
      return Duration.ZERO;
    }
    String text = retryAfter.strip();
    if (text.length() <= 9 && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Duration.ofSeconds(Integer.parseInt(text));
    }
    Date date = DateFormatter.parseHttpDate(text);
    if (date == null) {
      return Duration.ZERO;
    }
    Duration until = Duration.between(clock.instant(), date.toInstant());
    return until.isNegative() ? Duration.ZERO : until;
  }
}
