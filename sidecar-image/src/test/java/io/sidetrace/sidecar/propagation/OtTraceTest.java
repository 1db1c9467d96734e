package io.sidetrace.sidecar.propagation;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.sidecar.propagation.Extracted.Context;
import io.sidetrace.sidecar.propagation.Extracted.Malformed;
import io.sidetrace.sidecar.trace.Sampling;
import io.sidetrace.sidecar.trace.TraceContext;
import io.sidetrace.sidecar.trace.TraceId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OtTraceTest {
  private final OtTrace format = new OtTrace();

  /// The first two as OpenTelemetry's propagator for Python writes them.
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "OpenTelemetry, 48485a3953bb6124, a2fb4a1d1a96d312, true, 0, 48485a3953bb6124, "
        + "a2fb4a1d1a96d312, SAMPLED",
    "no zeros in front, 485a3953bb6124, fb4a1d1a96d312, false, 0, 485a3953bb6124, "
        + "fb4a1d1a96d312, NOT_SAMPLED",
    "128 bits, 463ac35c9f6413ad48485a3953bb6124, 1, 1, 463ac35c9f6413ad, 48485a3953bb6124, 1, "
        + "SAMPLED",
    "20 digits, 1abc48485a3953bb6124, 1, 0, 1abc, 48485a3953bb6124, 1, NOT_SAMPLED",
    "undecided, abc, 1, , 0, abc, 1, DEFERRED",
    "unknown decision, abc, 1, yes, 0, abc, 1, DEFERRED",
  })
  void context_isRead(
      String name,
      String traceId,
      String spanId,
      @Nullable String sampled,
      String high,
      String low,
      String span,
      Sampling sampling) {
    FakeHeaders request = FakeHeaders.of("ot-tracer-traceid", traceId, "ot-tracer-spanid", spanId);
    if (sampled != null) {
      request.set("ot-tracer-sampled", sampled);
    }

    assertThat(format.extract(request))
        .isEqualTo(
            new Context(
                new TraceContext(
                    new TraceId(Long.parseUnsignedLong(high, 16), Long.parseUnsignedLong(low, 16)),
                    Long.parseUnsignedLong(span, 16),
                    0,
                    sampling)));
  }

  @ParameterizedTest
  @CsvSource({
    ", 1, TRACE_ID_MISSING",
    "1, , SPAN_ID_MISSING",
    "'', 1, TRACE_ID_LENGTH",
    "463ac35c9f6413ad48485a3953bb61240, 1, TRACE_ID_LENGTH",
    "x, 1, TRACE_ID_NOT_HEX",
    "000, 1, TRACE_ID_ZERO",
    "1, '', SPAN_ID_LENGTH",
    "1, a2fb4a1d1a96d3120, SPAN_ID_LENGTH",
    "1, x, SPAN_ID_NOT_HEX",
    "1, 0000000000000000, SPAN_ID_ZERO",
  })
  void malformed_isRefusedWithItsReason(
      @Nullable String traceId, @Nullable String spanId, Malformation reason) {
    FakeHeaders request = FakeHeaders.of("ot-tracer-sampled", "false", "ot-baggage-a", "1");
    if (traceId != null) {
      request.set("ot-tracer-traceid", traceId);
    }
    if (spanId != null) {
      request.set("ot-tracer-spanid", spanId);
    }

    Hop hop = Hop.through(format, request);

    assertThat(hop.extracted()).isEqualTo(new Malformed("ottrace", reason, Sampling.NOT_SAMPLED));
    assertThat(hop.upstream().asMap())
        .hasSize(4)
        .containsEntry("ot-tracer-traceid", "2222222222222222")
        .containsEntry("ot-tracer-spanid", "00fb4a1d1a96d312")
        .containsEntry("ot-tracer-sampled", "false")
        .containsEntry("ot-baggage-a", "1");
  }

  @Test
  void undecidedContext_saysNothingOfADecision() {
    FakeHeaders request = FakeHeaders.of("ot-tracer-sampled", "junk");
    FakeHeaders upstream = request.copy();

    format.inject(new TraceContext(new TraceId(5, 6), 7, 0, Sampling.DEFERRED), request, upstream);

    assertThat(upstream.asMap()).containsOnlyKeys("ot-tracer-traceid", "ot-tracer-spanid");
    assertThat(format.extract(FakeHeaders.of())).isEqualTo(new Extracted.Absent());
  }
}
