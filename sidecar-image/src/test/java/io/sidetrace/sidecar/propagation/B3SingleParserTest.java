package io.sidetrace.sidecar.propagation;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.sidecar.fuzz.Fuzz;
import io.sidetrace.sidecar.propagation.Extracted.Context;
import io.sidetrace.sidecar.propagation.Extracted.Malformed;
import io.sidetrace.sidecar.propagation.Extracted.SamplingOnly;
import io.sidetrace.sidecar.trace.Sampling;
import io.sidetrace.sidecar.trace.TraceContext;
import io.sidetrace.sidecar.trace.TraceId;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class B3SingleParserTest {
  private static final TraceId WIDE = new TraceId(0x463ac35c9f6413adL, 0x48485a3953bb6124L);
  private static final TraceId NARROW = new TraceId(0, 0x463ac35c9f6413adL);
  private static final long SPAN = 0xa2fb4a1d1a96d312L;

  /// The grammar of https://github.com/openzipkin/b3-propagation, written another way.
  private static final Pattern GRAMMAR =
      Pattern.compile(
          "[01d]|(?!0+-)([0-9a-fA-F]{16}|[0-9a-fA-F]{32})-(?!0{16})[0-9a-fA-F]{16}"
              + "(-[01d](-[0-9a-fA-F]{16})?)?");

  @ParameterizedTest
  @CsvSource({
    "463ac35c9f6413ad48485a3953bb6124-a2fb4a1d1a96d312, DEFERRED, 0",
    "463ac35c9f6413ad48485a3953bb6124-a2fb4a1d1a96d312-0, NOT_SAMPLED, 0",
    "463ac35c9f6413ad48485a3953bb6124-a2fb4a1d1a96d312-1, SAMPLED, 0",
    "463ac35c9f6413ad48485a3953bb6124-a2fb4a1d1a96d312-d, DEBUG, 0",
    "463AC35C9F6413AD48485A3953BB6124-A2FB4A1D1A96D312-1, SAMPLED, 0",
    "463ac35c9f6413ad48485a3953bb6124-a2fb4a1d1a96d312-1-0020000000000001, SAMPLED, 9007199254740993",
    "463ac35c9f6413ad48485a3953bb6124-a2fb4a1d1a96d312-1-0000000000000000, SAMPLED, 0",
  })
  void context_isRead(String text, Sampling sampling, long parentId) {
    assertThat(B3SingleParser.parse(text))
        .isEqualTo(new Context(new TraceContext(WIDE, SPAN, parentId, sampling)));
  }

  @Test
  void shortTraceId_staysShort() {
    assertThat(B3SingleParser.parse("463ac35c9f6413ad-a2fb4a1d1a96d312-1"))
        .isEqualTo(new Context(new TraceContext(NARROW, SPAN, 0, Sampling.SAMPLED)));
  }

  @ParameterizedTest
  @CsvSource({"0, NOT_SAMPLED", "1, SAMPLED", "d, DEBUG"})
  void samplingAlone_isRead(String text, Sampling sampling) {
    assertThat(B3SingleParser.parse(text)).isEqualTo(new SamplingOnly(sampling));
  }

  /// The reasons are ours; that each is refused, Envoy 1.40 was seen to agree, but for zero ids.
  @ParameterizedTest
  @CsvSource({
    "'', EMPTY",
    "2, SAMPLING_UNKNOWN",
    "D, SAMPLING_UNKNOWN",
    "true, TRACE_ID_NOT_HEX",
    "--, TRACE_ID_LENGTH",
    "abc, TRACE_ID_LENGTH",
    "463ac35c9f6413ad4848-a2fb4a1d1a96d312, TRACE_ID_LENGTH",
    "463ac35c9f6413ad48485a3953bb6124, SPAN_ID_MISSING",
    "g63ac35c9f6413ad48485a3953bb6124-a2fb4a1d1a96d312, TRACE_ID_NOT_HEX",
    "463ac35c9f6413ad48485a3953bb6124_a2fb4a1d1a96d312, TRACE_ID_NOT_HEX",
    "00000000000000000000000000000000-a2fb4a1d1a96d312, TRACE_ID_ZERO",
    "0000000000000000-a2fb4a1d1a96d312, TRACE_ID_ZERO",
    "463ac35c9f6413ad48485a3953bb6124-, SPAN_ID_LENGTH",
    "463ac35c9f6413ad48485a3953bb6124-a2fb4a1d1a96d31, SPAN_ID_LENGTH",
    "463ac35c9f6413ad48485a3953bb6124-0000000000000000, SPAN_ID_ZERO",
    "463ac35c9f6413ad48485a3953bb6124-a2fb4a1d1a96d31x, SPAN_ID_NOT_HEX",
    "463ac35c9f6413ad48485a3953bb6124-a2fb4a1d1a96d312-, TRUNCATED",
    "463ac35c9f6413ad48485a3953bb6124-a2fb4a1d1a96d312-2, SAMPLING_UNKNOWN",
    "463ac35c9f6413ad48485a3953bb6124-a2fb4a1d1a96d312-true, SAMPLING_UNKNOWN",
    "463ac35c9f6413ad48485a3953bb6124-a2fb4a1d1a96d312-0020000000000001, SAMPLING_UNKNOWN",
    "463ac35c9f6413ad48485a3953bb6124-a2fb4a1d1a96d312-1-, TRUNCATED",
    "463ac35c9f6413ad48485a3953bb6124-a2fb4a1d1a96d312-1-00200000, PARENT_ID_LENGTH",
    "463ac35c9f6413ad48485a3953bb6124-a2fb4a1d1a96d312-1-002000000000000z, PARENT_ID_NOT_HEX",
    "463ac35c9f6413ad-a2fb4a1d1a96d312-1-0020000000000001-1, TRAILING_TEXT",
    "463ac35c9f6413ad48485a3953bb6124-a2fb4a1d1a96d312-1-00200000000000010, TOO_LONG",
    "１63ac35c9f6413ad48485a3953bb6124-a2fb4a1d1a96d312, TRACE_ID_NOT_HEX",
  })
  void malformed_isRefusedWithItsReason(String text, Malformation reason) {
    assertThat(B3SingleParser.parse(text))
        .isInstanceOfSatisfying(
            Malformed.class, malformed -> assertThat(malformed.reason()).isEqualTo(reason));
  }

  /// Mutations of a good text, so that most come near the grammar; each is asked of the grammar
  /// too.
  @Test
  void anyText_isTakenExactlyWhenTheGrammarTakesIt() {
    String good = "463ac35c9f6413ad48485a3953bb6124-a2fb4a1d1a96d312-1-0020000000000001";
    Map<String, Integer> verdicts =
        new Fuzz(
                "b3", 200_000, random -> FuzzedText.mutate(good, random), B3SingleParserTest::judge)
            .run();
    assertThat(verdicts.get("TAKEN")).as("texts that the grammar takes").isGreaterThan(1_000);
  }

  private static String judge(String text) {
    boolean parsed = !(B3SingleParser.parse(text) instanceof Malformed);
    assertThat(parsed).isEqualTo(GRAMMAR.matcher(text).matches());
    return parsed ? "TAKEN" : "REFUSED";
  }
}
