package io.sidetrace.sidecar.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.sidecar.trace.Dialect.TraceIds;
import io.sidetrace.sidecar.trace.TraceId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class IdsTest {
  private static final long ROOT = 0x3f840752274a2519L;
  private static final long SECONDS = 0x6b07258aL;

  private final Ids ids =
      new Ids(
          new SplittableRandom(7), InstantSource.fixed(Instant.ofEpochSecond(SECONDS, 999_999)));

  @Test
  void rootSpan64_isTheSpansOwnId() {
    assertThat(ids.traceId(ROOT, TraceIds.ROOT_SPAN_64)).isEqualTo(new TraceId(0, ROOT));
  }

  @Test
  void rootSpan128_endsInTheSpansOwnId() {
    TraceId id = ids.traceId(ROOT, TraceIds.ROOT_SPAN_128);

    assertThat(id.low()).isEqualTo(ROOT);
    assertThat(id.high()).isNotZero();
  }

  @Test
  void random128_hasNothingOfTheSpans() {
    TraceId id = ids.traceId(ROOT, TraceIds.RANDOM_128);

    assertThat(id.low()).isNotIn(0L, ROOT);
    assertThat(id.high()).isNotIn(0L, ROOT);
  }

  @Test
  void timestamped64_beginsWithTheTime() {
    TraceId id = ids.traceId(ROOT, TraceIds.TIMESTAMPED_64);

    assertThat(id.high()).isZero();
    assertThat(id.low() >>> 32).isEqualTo(SECONDS);
    assertThat(ids.traceId(ROOT, TraceIds.TIMESTAMPED_64)).isNotEqualTo(id);
  }

  @Test
  void timestamped128_beginsWithTheTimeAndEndsInTheSpansOwnId() {
    TraceId id = ids.traceId(ROOT, TraceIds.TIMESTAMPED_128);

    assertThat(id.high() >>> 32).isEqualTo(SECONDS);
    assertThat(id.low()).isEqualTo(ROOT);
  }
}
