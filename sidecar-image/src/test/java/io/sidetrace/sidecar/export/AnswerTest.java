package io.sidetrace.sidecar.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.sidecar.report.Delivery;
import io.sidetrace.sidecar.report.DropReason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AnswerTest {
  private static final InstantSource NOW =
      InstantSource.fixed(Instant.parse("2026-11-22T12:00:00Z"));

  static Stream<Arguments> answers() {
    return Stream.of(
        Arguments.of(200, null, new Delivery.Accepted()),
        Arguments.of(202, null, new Delivery.Accepted()),
        Arguments.of(204, "10", new Delivery.Accepted()),
        Arguments.of(301, null, new Delivery.Rejected("301")),
        Arguments.of(400, "10", new Delivery.Rejected("400")),
        Arguments.of(404, null, new Delivery.Rejected("404")),
        Arguments.of(413, null, new Delivery.Rejected("413")),
        Arguments.of(429, null, later("429", 0)),
        Arguments.of(429, "7", later("429", 7)),
        Arguments.of(502, null, later("502", 0)),
        Arguments.of(503, " 120 ", later("503", 120)),
        Arguments.of(503, "Sun, 22 Nov 2026 12:00:30 GMT", later("503", 30)),
        Arguments.of(503, "Sun, 22 Nov 2026 11:00:00 GMT", later("503", 0)),
        Arguments.of(503, "soon", later("503", 0)),
        Arguments.of(503, "-5", later("503", 0)),
        Arguments.of(503, "99999999999999999999", later("503", 0)),
        Arguments.of(500, null, new Delivery.Rejected("500")),
        Arguments.of(504, null, new Delivery.Unanswered(DropReason.TIMEOUT, "504")));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void status_saysWhatBecomesOfTheBatch(
      int status, @Nullable String retryAfter, Delivery expected) {
    assertThat(Answer.of(status, retryAfter, NOW)).isEqualTo(expected);
  }

  private static Delivery later(String detail, int seconds) {
    return new Delivery.Postponed(DropReason.OVERLOADED, detail, Duration.ofSeconds(seconds));
  }
}
