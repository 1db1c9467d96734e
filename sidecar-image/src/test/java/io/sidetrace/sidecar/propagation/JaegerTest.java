package io.sidetrace.sidecar.propagation;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.sidecar.propagation.Extracted.Context;
import io.sidetrace.sidecar.propagation.Extracted.Malformed;
import io.sidetrace.sidecar.trace.Sampling;
import io.sidetrace.sidecar.trace.TraceContext;
import io.sidetrace.sidecar.trace.TraceId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JaegerTest {
  private static final TraceId WIDE = new TraceId(0x463ac35c9f6413adL, 0x48485a3953bb6124L);

  private final Jaeger format = new Jaeger();

  /// The first two as OpenTelemetry's propagator for Python writes them.
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "OpenTelemetry, "
        + "463ac35c9f6413ad48485a3953bb6124:a2fb4a1d1a96d312:0000000000000000:03, "
        + "463ac35c9f6413ad, 48485a3953bb6124, a2fb4a1d1a96d312, 0, DEBUG",
    "OpenTelemetry and not sampled, "
        + "000000000000000000485a3953bb6124:00fb4a1d1a96d312:0000000000000000:00, "
        + "0, 485a3953bb6124, fb4a1d1a96d312, 0, NOT_SAMPLED",
    "no zeros in front, abc:1:0:1, 0, abc, 1, 0, SAMPLED",
    "17 digits, 1a2fb4a1d1a96d312:1:0:1, 1, a2fb4a1d1a96d312, 1, 0, SAMPLED",
    "a parent, abc:1:7:1, 0, abc, 1, 7, SAMPLED",
    "an empty parent, abc:1::1, 0, abc, 1, 0, SAMPLED",
    "capital digits, ABC:F:0:1, 0, abc, f, 0, SAMPLED",
    "colons as in URLs, abc%3A1%3a0%3A1, 0, abc, 1, 0, SAMPLED",
    "debug alone, abc:1:0:2, 0, abc, 1, 0, DEBUG",
    "firehose is no decision, abc:1:0:8, 0, abc, 1, 0, NOT_SAMPLED",
    "sampled and firehose, abc:1:0:9, 0, abc, 1, 0, SAMPLED",
  })
  void context_isRead(
      String name,
      String text,
      String high,
      String low,
      String spanId,
      String parentId,
      Sampling sampling) {
    var traceId = new TraceId(Long.parseUnsignedLong(high, 16), Long.parseUnsignedLong(low, 16));

    assertThat(format.extract(FakeHeaders.of("uber-trace-id", text)))
        .isEqualTo(
            new Context(
                new TraceContext(
                    traceId,
                    Long.parseUnsignedLong(spanId, 16),
                    Long.parseUnsignedLong(parentId, 16),
                    sampling)));
  }

  @ParameterizedTest
  @CsvSource({
    "'', EMPTY",
    ":1:0:1, TRACE_ID_LENGTH",
    "463ac35c9f6413ad48485a3953bb61240:1:0:1, TRACE_ID_LENGTH",
    "xyz:1:0:1, TRACE_ID_NOT_HEX",
    "abc-1-0-1, TRACE_ID_NOT_HEX",
    "0:1:0:1, TRACE_ID_ZERO",
    "00000000000000000000000000000000:1:0:1, TRACE_ID_ZERO",
    "abc, SPAN_ID_MISSING",
    "abc:, TRUNCATED",
    "abc::0:1, SPAN_ID_LENGTH",
    "abc:a2fb4a1d1a96d3120:0:1, SPAN_ID_LENGTH",
    "abc:0:0:1, SPAN_ID_ZERO",
    "abc:x:0:1, SPAN_ID_NOT_HEX",
    "abc:1, TRUNCATED",
    "abc:1:0, TRUNCATED",
    "abc:1:x:1, PARENT_ID_NOT_HEX",
    "abc:1:a2fb4a1d1a96d3120:1, PARENT_ID_LENGTH",
    "abc:1:0:, FLAGS_LENGTH",
    "abc:1:0:001, FLAGS_LENGTH",
    "abc:1:0:x, FLAGS_NOT_HEX",
    "abc:1:0:1:1, TRAILING_TEXT",
    "abc%3G1:0:1, TRACE_ID_NOT_HEX",
    "abc%3, TRACE_ID_NOT_HEX",
    "463ac35c9f6413ad48485a3953bb6124%3Aa2fb4a1d1a96d312%3Aa2fb4a1d1a96d312%3A011, TOO_LONG",
  })
  void malformed_isRefusedWithItsReason(String text, Malformation reason) {
    Hop hop = Hop.through(format, FakeHeaders.of("uber-trace-id", text, "uberctx-a", "1"));

    assertThat(hop.extracted()).isEqualTo(new Malformed("jaeger", reason, Sampling.DEFERRED));
    assertThat(hop.upstream().asMap())
        .hasSize(2)
        .containsEntry("uber-trace-id", "11111111111111112222222222222222:00fb4a1d1a96d312:0:1")
        .containsEntry("uberctx-a", "1");
  }

  @ParameterizedTest
  @CsvSource({"DEBUG, 3", "SAMPLED, 1", "NOT_SAMPLED, 0", "DEFERRED, 0"})
  void decision_isInTheFlags(Sampling sampling, String flags) {
    FakeHeaders upstream = FakeHeaders.of();

    format.inject(new TraceContext(WIDE, 1, 7, sampling), FakeHeaders.of(), upstream);

    assertThat(upstream.asMap())
        .containsEntry(
            "uber-trace-id", "463ac35c9f6413ad48485a3953bb6124:0000000000000001:0:" + flags);
  }

  @Test
  void withoutTheField_nothingIsSaid() {
    assertThat(format.extract(FakeHeaders.of("uberctx-a", "1"))).isEqualTo(new Extracted.Absent());
  }
}
