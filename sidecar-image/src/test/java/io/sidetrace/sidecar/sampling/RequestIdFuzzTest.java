package io.sidetrace.sidecar.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.sidecar.fuzz.Corpus;
import io.sidetrace.sidecar.fuzz.Fuzz;
import io.sidetrace.sidecar.fuzz.Mutator;
import io.sidetrace.sidecar.sampling.TraceReason.Packing;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// `x-request-id` as anyone may send it: the decision is that of a number read another way, and
/// what goes on is what came, but for one digit.
final class RequestIdFuzzTest {
  private static final List<String> EXAMPLES =
      Corpus.of("request-id").stream().map(Corpus.Entry::input).toList();
  private static final Mutator MUTATOR =
      new Mutator(
          List.of("-", "00000000", "ffffffff", "-4", "-9", "-a", "0", "\u00e9"),
          "0123456789abcdefABCDEFg-+ \t\u0000\u0130\uff11\ud800");

  /// Half of all numbers.
  private static final SamplingShares HALF = SamplingShares.percent(100, 50, 100);

  @Test
  void identifiers_areSampledByTheirNumber() {
    Map<String, Integer> verdicts =
        new Fuzz("request-id", 100_000, RequestIdFuzzTest::identifier, RequestIdFuzzTest::judge)
            .run();
    assertThat(verdicts)
        .as("%s", verdicts)
        .containsKeys("NOT_TRACEABLE", "RANDOM", "NOT_CHOSEN", "REQUEST_ID_SAMPLED");
  }

  private static String identifier(RandomGenerator random) {
    String good = EXAMPLES.get(random.nextInt(EXAMPLES.size()));
    return MUTATOR.mutate(good, EXAMPLES.get(random.nextInt(EXAMPLES.size())), random);
  }

  private static String judge(String id) {
    var sampler = new RequestIdSampler(new SplittableRandom(1), Packing.UNTOUCHED);
    SamplingDecision plain = sampler.decide(id, null, null, HALF);
    boolean prefixed = id.startsWith("0x");
    boolean numbered = id.matches("(?s)(0x[0-9a-fA-F]{6}|[0-9a-fA-F]{8}).*");
    if (numbered) {
      boolean chosen = Long.parseLong(id.substring(prefixed ? 2 : 0, 8), 16) % 10_000 < 5_000;
      assertThat(plain).isEqualTo(chosen ? SamplingDecision.RANDOM : SamplingDecision.NOT_CHOSEN);
    } else {
      assertThat(plain).isEqualTo(SamplingDecision.NOT_TRACEABLE);
    }
    assertThat(Packing.UNTOUCHED.write(id, plain)).isEqualTo(id);
    return judgePacked(id, numbered, plain).name();
  }

  private static SamplingDecision judgePacked(String id, boolean numbered, SamplingDecision plain) {
    var sampler = new RequestIdSampler(new SplittableRandom(1), Packing.PACKED);
    SamplingDecision packed = sampler.decide(id, null, null, HALF);
    boolean carries = numbered && id.length() == 36 && "9ab".indexOf(id.charAt(14)) >= 0;
    assertThat(packed.sampled()).isEqualTo(carries || plain.sampled());
    String written = Packing.PACKED.write(id, packed);
    assertThat(written).hasSameSizeAs(id);
    for (int i = 0; i < id.length(); i++) {
      assertThat(written.charAt(i) == id.charAt(i) || i == 14).as("character %d", i).isTrue();
    }
    assertThat(sampler.decide(written, null, null, HALF).sampled())
        .as("the next proxy")
        .isEqualTo(packed.sampled());
    return packed;
  }
}
