package io.sidetrace.sidecar.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.sidecar.trace.Dialect.ParentRule;
import io.sidetrace.sidecar.trace.SamplerChoice;
import io.sidetrace.sidecar.trace.SamplerChoice.XRayRule;
import io.sidetrace.sidecar.trace.SamplerChoice.XRayRules;
import io.sidetrace.sidecar.trace.Sampling;
import io.sidetrace.sidecar.trace.TraceId;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TraceSamplerTest {
  private static final TraceId ID = new TraceId(0x5b8efff798038103L, 0xd269b633813fc60cL);

  private long nanos;

  @ParameterizedTest(name = "{0}: {1} came, {2} here")
  @CsvSource({
    "PARENT, DEFERRED, RANDOM, RANDOM",
    "PARENT, DEFERRED, NOT_CHOSEN, NOT_CHOSEN",
    "PARENT, SAMPLED, NOT_CHOSEN, PARENT_SAMPLED",
    "PARENT, DEBUG, NOT_TRACEABLE, PARENT_SAMPLED",
    "PARENT, NOT_SAMPLED, FORCED, PARENT_NOT_SAMPLED",
    "PARENT, SAMPLED, HEALTH_CHECK, HEALTH_CHECK",
    "BOTH, DEFERRED, RANDOM, RANDOM",
    "BOTH, DEFERRED, NOT_CHOSEN, NOT_CHOSEN",
    "BOTH, SAMPLED, RANDOM, RANDOM",
    "BOTH, SAMPLED, NOT_CHOSEN, NOT_CHOSEN",
    "BOTH, NOT_SAMPLED, CLIENT_REQUESTED, PARENT_NOT_SAMPLED",
    "BOTH, SAMPLED, HEALTH_CHECK, HEALTH_CHECK",
    "LOCAL, DEFERRED, RANDOM, RANDOM",
    "LOCAL, SAMPLED, NOT_CHOSEN, NOT_CHOSEN",
    "LOCAL, NOT_SAMPLED, RANDOM, RANDOM",
    "LOCAL, SAMPLED, HEALTH_CHECK, HEALTH_CHECK"
  })
  void parentRule_weighsWhatCame(
      ParentRule rule, Sampling came, SamplingDecision here, SamplingDecision outcome) {
    TraceSampler sampler = sampler(new SamplingRules(rule, new SamplerChoice.RequestId(), true, 0));

    assertThat(decide(sampler, came, here)).isEqualTo(outcome);
  }

  @ParameterizedTest(name = "{0}: {1} came")
  @CsvSource({"PARENT, SAMPLED", "PARENT, NOT_SAMPLED", "BOTH, NOT_SAMPLED", "LOCAL, DEBUG"})
  void parentThatIsNotFollowed_isAsNone(ParentRule rule, Sampling came) {
    TraceSampler sampler =
        sampler(new SamplingRules(rule, new SamplerChoice.RequestId(), false, 0));

    assertThat(decide(sampler, came, SamplingDecision.RANDOM)).isEqualTo(SamplingDecision.RANDOM);
    assertThat(decide(sampler, came, SamplingDecision.NOT_CHOSEN))
        .isEqualTo(SamplingDecision.NOT_CHOSEN);
  }

  @Test
  void limit_countsNewTracesAlone() {
    TraceSampler sampler =
        sampler(new SamplingRules(ParentRule.PARENT, new SamplerChoice.RequestId(), true, 2));

    for (int i = 0; i < 5; i++) {
      assertThat(decide(sampler, Sampling.SAMPLED, SamplingDecision.RANDOM))
          .isEqualTo(SamplingDecision.PARENT_SAMPLED);
      assertThat(decide(sampler, Sampling.DEFERRED, SamplingDecision.NOT_CHOSEN))
          .isEqualTo(SamplingDecision.NOT_CHOSEN);
    }
    assertThat(decide(sampler, Sampling.DEFERRED, SamplingDecision.RANDOM))
        .isEqualTo(SamplingDecision.RANDOM);
    assertThat(decide(sampler, Sampling.DEFERRED, SamplingDecision.FORCED))
        .isEqualTo(SamplingDecision.FORCED);
    assertThat(decide(sampler, Sampling.DEFERRED, SamplingDecision.FORCED))
        .isEqualTo(SamplingDecision.RATE_LIMITED);
    nanos += TimeUnit.MILLISECONDS.toNanos(500);
    assertThat(decide(sampler, Sampling.DEFERRED, SamplingDecision.RANDOM))
        .isEqualTo(SamplingDecision.RANDOM);
  }

  @Test
  void limit_holdsForParentsThatAreNotFollowed() {
    TraceSampler sampler =
        sampler(new SamplingRules(ParentRule.PARENT, new SamplerChoice.RequestId(), false, 1));

    assertThat(decide(sampler, Sampling.SAMPLED, SamplingDecision.RANDOM).sampled()).isTrue();
    assertThat(decide(sampler, Sampling.SAMPLED, SamplingDecision.RANDOM))
        .isEqualTo(SamplingDecision.RATE_LIMITED);
  }

  @Test
  void loops_shareTheLimit_andQuestionsLeaveIt() {
    TraceSampling sampling =
        TraceSampling.of(
            new SamplingRules(ParentRule.PARENT, new SamplerChoice.RequestId(), true, 1),
            () -> nanos);
    TraceSampler asking = sampling.untouched().onLoop(new SplittableRandom(7));
    TraceSampler one = sampling.onLoop(new SplittableRandom(7));
    TraceSampler other = sampling.onLoop(new SplittableRandom(7));

    assertThat(decide(asking, Sampling.DEFERRED, SamplingDecision.RANDOM).sampled()).isTrue();
    assertThat(decide(asking, Sampling.DEFERRED, SamplingDecision.RANDOM).sampled()).isTrue();
    assertThat(decide(one, Sampling.DEFERRED, SamplingDecision.RANDOM).sampled()).isTrue();
    assertThat(decide(other, Sampling.DEFERRED, SamplingDecision.RANDOM))
        .isEqualTo(SamplingDecision.RATE_LIMITED);
    assertThat(decide(asking, Sampling.DEFERRED, SamplingDecision.RANDOM))
        .isEqualTo(SamplingDecision.RATE_LIMITED);
  }

  /// As Envoy 1.40 was seen to decide.
  @ParameterizedTest(name = "{0} {1}: {2} came, {3} here")
  @CsvSource({
    "LOCAL, on, NOT_SAMPLED, RANDOM, ALWAYS_ON",
    "LOCAL, on, SAMPLED, NOT_CHOSEN, NOT_CHOSEN",
    "LOCAL, on, DEFERRED, NOT_TRACEABLE, NOT_TRACEABLE",
    "LOCAL, all, SAMPLED, NOT_TRACEABLE, NOT_TRACEABLE",
    "LOCAL, all, NOT_SAMPLED, FORCED, RATIO",
    "LOCAL, none, SAMPLED, FORCED, NOT_IN_RATIO",
    "BOTH, none, SAMPLED, RANDOM, RANDOM",
    "BOTH, none, SAMPLED, NOT_CHOSEN, NOT_CHOSEN",
    "BOTH, all, NOT_SAMPLED, RANDOM, PARENT_NOT_SAMPLED",
    "BOTH, none, DEFERRED, RANDOM, NOT_IN_RATIO",
    "BOTH, on, DEFERRED, RANDOM, ALWAYS_ON"
  })
  void openTelemetrysSamplers_chooseAmongWhatTheSharesLeave(
      ParentRule rule,
      String choice,
      Sampling came,
      SamplingDecision here,
      SamplingDecision outcome) {
    SamplerChoice sampler =
        switch (choice) {
          case "on" -> new SamplerChoice.AlwaysOn();
          case "all" -> new SamplerChoice.TraceIdRatio(100, 100);
          default -> new SamplerChoice.TraceIdRatio(0, 100);
        };

    assertThat(decide(sampler(new SamplingRules(rule, sampler, true, 0)), came, here))
        .isEqualTo(outcome);
  }

  /// What Envoy 1.40 was seen to decide for the same ids: the first eight bytes, the first of them
  /// the lowest, modulo the denominator.
  @ParameterizedTest(name = "{0} within {1}/{2}: {3}")
  @CsvSource({
    "0000000000000000, 0, 100, false",
    "3100000000000000, 50, 100, true",
    "3200000000000000, 50, 100, false",
    "0001000000000000, 57, 100, true",
    "0001000000000000, 56, 100, false",
    "ffffffffffffffff, 16, 100, true",
    "ffffffffffffffff, 15, 100, false",
    "ffffffffffffffff, 100, 100, true"
  })
  void ratio_looksAtTheFirstHalfOfTheTraceId(
      String high, int numerator, int denominator, boolean sampled) {
    long word = Long.parseUnsignedLong(high, 16);
    TraceSampler sampler =
        sampler(
            new SamplingRules(
                ParentRule.LOCAL, new SamplerChoice.TraceIdRatio(numerator, denominator), true, 0));

    TraceId id = word == 0 ? new TraceId(0, 1L << 56) : new TraceId(word, 5);
    assertThat(
            sampler
                .decide(Request.ROOT, id, Sampling.NOT_SAMPLED, SamplingDecision.RANDOM)
                .sampled())
        .isEqualTo(sampled);
  }

  @Test
  void ratio_holdsForNarrowIdsToo() {
    TraceSampler sampler =
        sampler(
            new SamplingRules(ParentRule.LOCAL, new SamplerChoice.TraceIdRatio(25, 100), true, 0));
    var random = new SplittableRandom(7);
    int sampled = 0;
    for (int i = 0; i < 10_000; i++) {
      TraceId id = new TraceId(0, random.nextLong());
      sampled +=
          sampler.decide(Request.ROOT, id, Sampling.DEFERRED, SamplingDecision.RANDOM).sampled()
              ? 1
              : 0;
    }
    assertThat(sampled).isBetween(2_300, 2_700);
  }

  @Test
  void xray_takesTheFirstOfEachSecondAndAShareOfTheRest() {
    TraceSampler sampler =
        sampler(
            new SamplingRules(
                ParentRule.PARENT,
                new XRayRules(List.of(), new XRayRule("*", "*", "*", 1, 0.05)),
                true,
                0));

    int fixed = 0;
    int byRate = 0;
    for (int i = 0; i < 10_000; i++) {
      switch (decide(sampler, Sampling.DEFERRED, SamplingDecision.NOT_CHOSEN)) {
        case XRAY_FIXED_TARGET -> fixed++;
        case XRAY_RATE -> byRate++;
        case XRAY_NOT_CHOSEN -> {}
        default -> throw new AssertionError();
      }
      nanos += TimeUnit.MILLISECONDS.toNanos(1);
    }
    assertThat(fixed).isEqualTo(10);
    assertThat(byRate).isBetween(420, 580);
    assertThat(decide(sampler, Sampling.SAMPLED, SamplingDecision.NOT_CHOSEN))
        .isEqualTo(SamplingDecision.PARENT_SAMPLED);
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource({
    "GET, /health, shop, XRAY_NOT_CHOSEN",
    "POST, /pay/1, shop, XRAY_RATE",
    "GET, /pay/1, shop, XRAY_FIXED_TARGET",
    "POST, /pay/1, other, XRAY_FIXED_TARGET"
  })
  void xray_firstRuleThatMatchesCounts(
      String method, String path, String host, SamplingDecision outcome) {
    TraceSampler sampler =
        sampler(
            new SamplingRules(
                ParentRule.PARENT,
                new XRayRules(
                    List.of(
                        new XRayRule("*", "*", "/health", 0, 0),
                        new XRayRule("shop", "POST", "/pay/*", 0, 1)),
                    new XRayRule("*", "*", "*", 1, 0)),
                true,
                0));

    assertThat(
            sampler.decide(
                new Request(method, path, host),
                ID,
                Sampling.DEFERRED,
                SamplingDecision.NOT_TRACEABLE))
        .isEqualTo(outcome);
  }

  private TraceSampler sampler(SamplingRules rules) {
    return TraceSampling.of(rules, () -> nanos).onLoop(new SplittableRandom(7));
  }

  private static SamplingDecision decide(
      TraceSampler sampler, Sampling came, SamplingDecision here) {
    return sampler.decide(Request.ROOT, ID, sampler.heard(came), here);
  }

  private record Request(String method, String path, String authority) implements SampledRequest {
    static final Request ROOT = new Request("GET", "/", "a");
  }
}
