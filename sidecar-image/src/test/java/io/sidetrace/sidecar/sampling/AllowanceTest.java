package io.sidetrace.sidecar.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AllowanceTest {
  /// Near the end of what a `long` holds, where a monotonic clock may well stand.
  private long nanos = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(1);

  private final LongSupplier clock = () -> nanos;

  @ParameterizedTest(name = "{0} a second")
  @CsvSource({"1, 1", "10, 10", "2.5, 2", "0.5, 1", "1000, 1000"})
  void bucket_holdsASecondsWorthAndAtLeastOne(double rate, int burst) {
    var perSecond = new Allowance.PerSecond(rate, clock);

    assertThat(takenOf(perSecond, burst + 5)).isEqualTo(burst);
  }

  @ParameterizedTest(name = "{0} a second")
  @CsvSource({"1", "10", "2.5", "0.5", "300"})
  void overTime_noMoreThanTheRateIsTaken(double rate) {
    var perSecond = new Allowance.PerSecond(rate, clock);
    int first = takenOf(perSecond, 1_000);

    int later = 0;
    for (int millis = 0; millis < 20_000; millis++) {
      advanceMillis(1);
      later += takenOf(perSecond, 5);
    }

    assertThat(first).isEqualTo((int) Math.max(1, Math.floor(rate)));
    assertThat(later).isBetween((int) (20 * rate) - 1, (int) (20 * rate) + 1);
  }

  @Test
  void firstOfSecond_savesNothingForTheNext() {
    var target = new Allowance.FirstOfSecond(3, clock);

    assertThat(takenOf(target, 10)).isEqualTo(3);
    advanceMillis(999);
    assertThat(takenOf(target, 10)).isZero();
    advanceMillis(1);
    assertThat(takenOf(target, 10)).isEqualTo(3);
    advanceMillis(10_000);
    assertThat(takenOf(target, 10)).isEqualTo(3);
  }

  @Test
  void targetOfZero_givesNothing() {
    assertThat(new Allowance.FirstOfSecond(0, clock).take()).isFalse();
  }

  @Test
  void questions_takeNothing() {
    for (Allowance allowance :
        List.of(new Allowance.PerSecond(2, clock), new Allowance.FirstOfSecond(2, clock))) {
      assertThat(takenOf(allowance.untouched(), 100)).isEqualTo(100);
      assertThat(takenOf(allowance, 100)).isEqualTo(2);
      assertThat(allowance.untouched().take()).isFalse();
    }
  }

  @Test
  void threads_togetherTakeNoMore() throws InterruptedException {
    for (Allowance allowance :
        List.of(new Allowance.PerSecond(500, clock), new Allowance.FirstOfSecond(500, clock))) {
      var taken = new AtomicInteger();
      var threads = new ArrayList<Thread>();
      for (int i = 0; i < 4; i++) {
        threads.add(Thread.ofPlatform().start(() -> taken.addAndGet(takenOf(allowance, 1_000))));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(taken).hasValue(500);
    }
  }

  private static int takenOf(Allowance allowance, int tries) {
    int taken = 0;
    for (int i = 0; i < tries; i++) {
      taken += allowance.take() ? 1 : 0;
    }
    return taken;
  }

  private void advanceMillis(long millis) {
    nanos += TimeUnit.MILLISECONDS.toNanos(millis);
  }
}
