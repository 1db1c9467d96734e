package io.sidetrace.sidecar.propagation;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.sidecar.propagation.Extracted.Context;
import io.sidetrace.sidecar.propagation.Extracted.Malformed;
import io.sidetrace.sidecar.propagation.Extracted.SamplingOnly;
import io.sidetrace.sidecar.propagation.Extracted.TraceOnly;
import io.sidetrace.sidecar.trace.Sampling;
import io.sidetrace.sidecar.trace.TraceContext;
import io.sidetrace.sidecar.trace.TraceId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class XRayTest {
  private static final TraceId TRACE = new TraceId(0x463ac35c9f6413adL, 0x48485a3953bb6124L);
  private static final long SPAN = 0xa2fb4a1d1a96d312L;

  private final XRay format = new XRay();

  /// The first as OpenTelemetry's propagator for Python writes it.
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "OpenTelemetry, "
        + "Root=1-463ac35c-9f6413ad48485a3953bb6124;Parent=a2fb4a1d1a96d312;Sampled=1, SAMPLED",
    "not sampled, "
        + "Root=1-463ac35c-9f6413ad48485a3953bb6124;Parent=a2fb4a1d1a96d312;Sampled=0, "
        + "NOT_SAMPLED",
    "asked to decide, "
        + "Root=1-463ac35c-9f6413ad48485a3953bb6124;Parent=a2fb4a1d1a96d312;Sampled=?, DEFERRED",
    "nothing said, Root=1-463ac35c-9f6413ad48485a3953bb6124;Parent=a2fb4a1d1a96d312, DEFERRED",
    "another decision, "
        + "Root=1-463ac35c-9f6413ad48485a3953bb6124;Parent=a2fb4a1d1a96d312;Sampled=yes, DEFERRED",
    "another order, "
        + "Sampled=1;Parent=a2fb4a1d1a96d312;Root=1-463ac35c-9f6413ad48485a3953bb6124, SAMPLED",
    "blanks, 'Root=1-463ac35c-9f6413ad48485a3953bb6124 ; Parent=a2fb4a1d1a96d312; Sampled=1;', "
        + "SAMPLED",
    "capital digits, "
        + "Root=1-463AC35C-9F6413AD48485A3953BB6124;Parent=A2FB4A1D1A96D312;Sampled=1, SAMPLED",
    "other fields, "
        + "Self=1-67891234-12456789abcdef012345678;Root=1-463ac35c-9f6413ad48485a3953bb6124;"
        + "Parent=a2fb4a1d1a96d312;Sampled=1;Lineage=1:a87bd80c|1:68fd508a, SAMPLED",
  })
  void context_isRead(String name, String text, Sampling sampling) {
    assertThat(format.extract(FakeHeaders.of("x-amzn-trace-id", text)))
        .isEqualTo(new Context(new TraceContext(TRACE, SPAN, 0, sampling)));
  }

  /// As load balancers write it.
  @ParameterizedTest
  @CsvSource({
    "Root=1-463ac35c-9f6413ad48485a3953bb6124, DEFERRED",
    "Root=1-463ac35c-9f6413ad48485a3953bb6124;Sampled=0, NOT_SAMPLED",
    "Self=1-67891233-abcdef012345678912345678;Root=1-463ac35c-9f6413ad48485a3953bb6124, DEFERRED",
  })
  void rootAlone_isATraceWithoutASpan(String text, Sampling sampling) {
    assertThat(format.extract(FakeHeaders.of("x-amzn-trace-id", text)))
        .isEqualTo(new TraceOnly(TRACE, sampling, null));
  }

  @Test
  void decisionAlone_isSamplingOnly() {
    assertThat(format.extract(FakeHeaders.of("x-amzn-trace-id", "Sampled=0")))
        .isEqualTo(new SamplingOnly(Sampling.NOT_SAMPLED));
    assertThat(format.extract(FakeHeaders.of())).isEqualTo(new Extracted.Absent());
  }

  @ParameterizedTest
  @CsvSource({
    "'', EMPTY",
    "xyz, TRAILING_TEXT",
    "=, TRAILING_TEXT",
    "Sampled=?, TRACE_ID_MISSING",
    "Lineage=1, TRACE_ID_MISSING",
    "Root=;Parent=a2fb4a1d1a96d312, TRACE_ID_MISSING",
    "Parent=a2fb4a1d1a96d312, TRACE_ID_MISSING",
    "Root=2-463ac35c-9f6413ad48485a3953bb6124, VERSION_UNKNOWN",
    "Root=1-463ac35c-9f6413ad48485a3953bb612, TRACE_ID_LENGTH",
    "Root=1-463ac35c-9f6413ad48485a3953bb61245, TRACE_ID_LENGTH",
    "Root=1-463ac35c9-f6413ad48485a3953bb6124, TRACE_ID_LENGTH",
    "Root=1-463ac35c-9f6413ad48485a3953bb612g, TRACE_ID_NOT_HEX",
    "Root=1-00000000-000000000000000000000000, TRACE_ID_ZERO",
    "Root=1-463ac35c-9f6413ad48485a3953bb6124;Parent=, SPAN_ID_LENGTH",
    "Root=1-463ac35c-9f6413ad48485a3953bb6124;Parent=a2fb4a1d1a96d31, SPAN_ID_LENGTH",
    "Root=1-463ac35c-9f6413ad48485a3953bb6124;Parent=a2fb4a1d1a96d31x, SPAN_ID_NOT_HEX",
    "Root=1-463ac35c-9f6413ad48485a3953bb6124;Parent=0000000000000000, SPAN_ID_ZERO",
    "Root=1-463ac35c-9f6413ad48485a3953bb6124;junk, TRAILING_TEXT",
  })
  void malformed_isRefusedWithItsReason(String text, Malformation reason) {
    Hop hop = Hop.through(format, FakeHeaders.of("x-amzn-trace-id", text + ""));

    assertThat(hop.extracted()).isEqualTo(new Malformed("xray", reason, Sampling.DEFERRED));
    assertThat(hop.upstream().asMap())
        .containsEntry(
            "x-amzn-trace-id",
            "Root=1-11111111-111111112222222222222222;Parent=00fb4a1d1a96d312;Sampled=1");
  }

  @Test
  void longText_isRefused() {
    assertThat(
            format.extract(
                FakeHeaders.of(
                    "x-amzn-trace-id",
                    "Root=1-463ac35c-9f6413ad48485a3953bb6124;A=" + "a".repeat(2048))))
        .isEqualTo(new Malformed("xray", Malformation.TOO_LONG, Sampling.DEFERRED));
  }

  @Test
  void otherFields_goOnWithTheirTraceOnly() {
    FakeHeaders request =
        FakeHeaders.of(
            "x-amzn-trace-id",
            "Self=1-67891234-12456789abcdef012345678;Root=1-463ac35c-9f6413ad48485a3953bb6124;"
                + "Parent=a2fb4a1d1a96d312;Sampled=1;Lineage=1:a87bd80c|1:68fd508a");
    FakeHeaders other = request.copy();

    Hop hop = Hop.through(format, request);
    format.inject(
        new TraceContext(new TraceId(0, 0xabc), 7, 0, Sampling.NOT_SAMPLED), request, other);

    assertThat(hop.upstream().asMap())
        .containsEntry(
            "x-amzn-trace-id",
            "Root=1-463ac35c-9f6413ad48485a3953bb6124;Parent=00fb4a1d1a96d312;Sampled=1"
                + ";Self=1-67891234-12456789abcdef012345678;Lineage=1:a87bd80c|1:68fd508a");
    assertThat(other.asMap())
        .containsEntry(
            "x-amzn-trace-id",
            "Root=1-00000000-000000000000000000000abc;Parent=0000000000000007;Sampled=0");
  }

  @Test
  void shortIdentifier_comesBackShort() {
    var context = new TraceContext(new TraceId(0, 0xabc), 7, 0, Sampling.DEFERRED);
    FakeHeaders upstream = FakeHeaders.of();

    format.inject(context, FakeHeaders.of(), upstream);

    assertThat(upstream.asMap())
        .containsEntry(
            "x-amzn-trace-id",
            "Root=1-00000000-000000000000000000000abc;Parent=0000000000000007;Sampled=?");
    assertThat(format.extract(upstream)).isEqualTo(new Context(context));
  }
}
