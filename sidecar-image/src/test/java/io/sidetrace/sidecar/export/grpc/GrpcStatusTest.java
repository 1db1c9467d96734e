package io.sidetrace.sidecar.export.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.sidecar.report.Delivery;
import io.sidetrace.sidecar.report.DropReason;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What each status means, as OTLP's specification says in "Failures" of OTLP/gRPC.
class GrpcStatusTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  static Stream<Arguments> statuses() {
    return Stream.of(
        Arguments.of("1", null, unanswered(DropReason.OVERLOADED)),
        Arguments.of("2", null, rejected()),
        Arguments.of("3", null, rejected()),
        Arguments.of("4", null, unanswered(DropReason.TIMEOUT)),
        Arguments.of("5", null, rejected()),
        Arguments.of("6", null, rejected()),
        Arguments.of("7", null, rejected()),
        Arguments.of("8", null, rejected()),
        Arguments.of("8", SECOND, postponed(SECOND)),
        Arguments.of("8", Duration.ZERO, postponed(Duration.ZERO)),
        Arguments.of("9", null, rejected()),
        Arguments.of("10", null, unanswered(DropReason.OVERLOADED)),
        Arguments.of("11", null, unanswered(DropReason.OVERLOADED)),
        Arguments.of("12", null, rejected()),
        Arguments.of("13", null, rejected()),
        Arguments.of("14", null, postponed(Duration.ZERO)),
        Arguments.of("14", SECOND, postponed(SECOND)),
        Arguments.of("15", null, unanswered(DropReason.OVERLOADED)),
        Arguments.of("16", null, rejected()),
        Arguments.of("17", null, rejected()),
        Arguments.of("-1", null, rejected()),
        Arguments.of("", null, rejected()));
  }

  @ParameterizedTest
  @MethodSource("statuses")
  void status_saysWhatBecomesOfTheBatch(
      String code, @Nullable Duration retryAfter, Delivery expected) {
    assertThat(GrpcStatus.of(code).failure("x", retryAfter)).isEqualTo(expected);
  }

  static Stream<Arguments> delays() {
    return Stream.of(
        Arguments.of(null, null, null),
        Arguments.of(null, "3", Duration.ofSeconds(3)),
        Arguments.of(null, "soon", null),
        Arguments.of("!", "3", Duration.ofSeconds(3)),
        Arguments.of("", null, null),
        // google.rpc.Status { details { type_url: "type.googleapis.com/google.rpc.RetryInfo"
        // value { retry_delay { seconds: 2 nanos: 5 } } } }, padded and not
        Arguments.of(RETRY_INFO + "==", "3", Duration.ofSeconds(2, 5)),
        Arguments.of(RETRY_INFO, null, Duration.ofSeconds(2, 5)),
        Arguments.of(RETRY_INFO.substring(0, 40), null, null));
  }

  private static final String RETRY_INFO =
      "GjIKKHR5cGUuZ29vZ2xlYXBpcy5jb20vZ29vZ2xlLnJwYy5SZXRyeUluZm8SBgoECAIQBQ";

  @ParameterizedTest
  @MethodSource("delays")
  void delay_isWhatTheCollectorAsks(
      @Nullable String details, @Nullable String retryAfter, @Nullable Duration expected) {
    assertThat(RetryDelay.of(details, retryAfter)).isEqualTo(expected);
  }

  @Test
  void messages_areDecodedAndKeptToALine() {
    assertThat(GrpcText.decoded("a%20b%E2%82%AC")).isEqualTo("a b€");
    assertThat(GrpcText.decoded("100%")).isEqualTo("100%");
    assertThat(GrpcText.decoded("%zz%0A%1b[1m")).isEqualTo("%zz  [1m");
    assertThat(GrpcText.decoded("x".repeat(300))).isEqualTo("x".repeat(200) + "…");
  }

  private static Delivery rejected() {
    return new Delivery.Rejected("x");
  }

  private static Delivery unanswered(DropReason reason) {
    return new Delivery.Unanswered(reason, "x");
  }

  private static Delivery postponed(Duration retryAfter) {
    return new Delivery.Postponed(DropReason.OVERLOADED, "x", retryAfter);
  }
}
