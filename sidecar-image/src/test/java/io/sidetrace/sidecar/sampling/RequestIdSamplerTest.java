package io.sidetrace.sidecar.sampling;

import static io.sidetrace.sidecar.sampling.TraceReason.Packing.PACKED;
import static io.sidetrace.sidecar.sampling.TraceReason.Packing.UNTOUCHED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sidetrace.sidecar.sampling.SamplingShares.Share;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every row was observed on Envoy 1.40.
final class RequestIdSamplerTest {
  private static final String TAIL = "-0000-4000-8000-000000000000";

  private final RequestIdSampler sampler = new RequestIdSampler(new SplittableRandom(1), PACKED);

  @ParameterizedTest
  @CsvSource({
    "00000000, RANDOM",
    "00001387, RANDOM",
    "00001388, NOT_CHOSEN",
    "0000270f, NOT_CHOSEN",
    "00002710, RANDOM",
    "ffffffff, NOT_CHOSEN",
    "FFFFFFFF, NOT_CHOSEN",
  })
  void randomShare_takesTheNumbersBelowIt(String digits, SamplingDecision expected) {
    assertThat(decide(digits + TAIL, SamplingShares.percent(100, 50, 100))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"00001387, RANDOM", "00001388, OVERALL_LIMIT"})
  void overallShare_boundsAll(String digits, SamplingDecision expected) {
    assertThat(decide(digits + TAIL, SamplingShares.percent(100, 100, 50))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "00000031, RANDOM",
    "00000032, NOT_CHOSEN",
    "00001387, NOT_CHOSEN",
    "00001388, RANDOM"
  })
  void shareOfHundred_takesByTheHundred(String digits, SamplingDecision expected) {
    var all = new Share(1, 1);

    assertThat(decide(digits + TAIL, new SamplingShares(all, new Share(50, 100), all)))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "4, NOT_CHOSEN",
    "9, REQUEST_ID_SAMPLED",
    "a, REQUEST_ID_FORCED",
    "b, REQUEST_ID_CLIENT",
    "c, NOT_CHOSEN",
  })
  void packedReason_beatsTheShares(char reason, SamplingDecision expected) {
    String requestId = "00000001-0000-" + reason + "000-8000-000000000000";
    SamplingShares none = SamplingShares.percent(0, 0, 100);

    assertThat(decide(requestId, none)).isEqualTo(expected);
    assertThat(
            new RequestIdSampler(new SplittableRandom(1), UNTOUCHED)
                .decide(requestId, null, null, none))
        .as("reasons mean nothing where they are not packed")
        .isEqualTo(SamplingDecision.NOT_CHOSEN);
  }

  @ParameterizedTest
  @ValueSource(chars = {'9', 'a', 'b'})
  void packedReason_isWithinTheOverallShare(char reason) {
    assertThat(
            decide(
                "00001388-0000-" + reason + "000-8000-000000000000",
                SamplingShares.percent(100, 100, 50)))
        .isEqualTo(SamplingDecision.OVERALL_LIMIT);
  }

  @ParameterizedTest
  @CsvSource({
    "'', NOT_TRACEABLE",
    "0000000, NOT_TRACEABLE",
    "00000000, RANDOM",
    "00000000000000000000000000000000, RANDOM",
    "00000001000000009000000000000000, RANDOM",
    "0000000g-0000-4000-8000-000000000000, NOT_TRACEABLE",
    "not-a-uuid, NOT_TRACEABLE",
    "+1234567-0000-4000-8000-000000000000, NOT_TRACEABLE",
    "0x000001-0000-4000-8000-000000000000, RANDOM",
  })
  void identifierOfAnyKind_isTracedByItsFirstEightDigits(
      String requestId, SamplingDecision expected) {
    assertThat(decide(requestId, SamplingShares.ALL)).isEqualTo(expected);
  }

  @Test
  void clientTraceId_asksForTheClientShare() {
    SamplingShares clients = SamplingShares.percent(100, 0, 100);

    assertThat(sampler.decide("00000001" + TAIL, "c", null, clients))
        .isEqualTo(SamplingDecision.CLIENT_REQUESTED);
    assertThat(sampler.decide("00000001" + TAIL, "", null, clients))
        .isEqualTo(SamplingDecision.CLIENT_REQUESTED);
    assertThat(sampler.decide("00000001" + TAIL, "c", null, SamplingShares.percent(0, 0, 100)))
        .isEqualTo(SamplingDecision.NOT_CHOSEN);
    assertThat(sampler.decide("00000001" + TAIL, "c", null, SamplingShares.percent(0, 100, 100)))
        .isEqualTo(SamplingDecision.RANDOM);
  }

  @ParameterizedTest
  @CsvSource({
    "00000001-0000-4000-8000-000000000000, 0, 100, FORCED",
    "00000001-0000-4000-8000-000000000000, 100, 100, FORCED",
    "00000001-0000-9000-8000-000000000000, 0, 100, REQUEST_ID_SAMPLED",
    "00000001-0000-4000-8000-000000000000, 0, 0, OVERALL_LIMIT",
    "not-a-uuid, 100, 100, NOT_TRACEABLE",
  })
  void forcing_beatsTheRandomShare(
      String requestId, double random, double overall, SamplingDecision expected) {
    SamplingShares shares = SamplingShares.percent(100, random, overall);

    assertThat(sampler.decide(requestId, null, "1", shares)).isEqualTo(expected);
  }

  @Test
  void asking_beatsForcing() {
    assertThat(sampler.decide("00000001" + TAIL, "c", "1", SamplingShares.ALL))
        .isEqualTo(SamplingDecision.CLIENT_REQUESTED);
  }

  /// Ten thousand clients at 25 %: five standard deviations are about 217.
  @Test
  void clientShare_isDrawn() {
    SamplingShares quarter = SamplingShares.percent(25, 0, 100);
    int asked = 0;
    for (int i = 0; i < 10_000; i++) {
      asked += sampler.decide("00000001" + TAIL, "c", null, quarter).sampled() ? 1 : 0;
    }
    assertThat(asked).isBetween(2_283, 2_717);
  }

  @ParameterizedTest
  @CsvSource({
    "CLIENT_REQUESTED, b",
    "FORCED, a",
    "RANDOM, 9",
    "OVERALL_LIMIT, 4",
    "NOT_CHOSEN, 7",
    "REQUEST_ID_FORCED, 7",
    "ALWAYS, 7",
  })
  void decision_isWrittenOverTheVersion(SamplingDecision decision, char expected) {
    String requestId = "00000001-0000-7000-8000-000000000000";

    assertThat(PACKED.write(requestId, decision))
        .isEqualTo("00000001-0000-" + expected + "000-8000-000000000000");
    assertThat(UNTOUCHED.write(requestId, decision)).isSameAs(requestId);
  }

  @Test
  void identifierThatIsNoUuid_isNeverChanged() {
    assertThat(PACKED.write("00000001000000004000000000000000", SamplingDecision.RANDOM))
        .isEqualTo("00000001000000004000000000000000");
    assertThat(PACKED.erase("short")).isEqualTo("short");
  }

  @Test
  void sharesOutOfRange_areRefusedByName() {
    assertThatThrownBy(() -> SamplingShares.percent(100, 100.5, 100))
        .hasMessage("random: 100.5 (expected: 0..100)");
    assertThatThrownBy(() -> SamplingShares.percent(Double.NaN, 1, 1))
        .hasMessage("client: NaN (expected: 0..100)");
    assertThatThrownBy(() -> new Share(2, 1))
        .hasMessage("share: 2 of 1 (expected: 0..denominator)");
  }

  private SamplingDecision decide(String requestId, SamplingShares shares) {
    return sampler.decide(requestId, null, null, shares);
  }
}
