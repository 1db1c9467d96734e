package io.sidetrace.operator.sidecars;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.operator.survey.Reading;
import io.sidetrace.operator.survey.SidecarReport;
import io.sidetrace.operator.survey.Target;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RoundsTest {

  private static final Reading ANSWER =
      new Reading.Answered(new SidecarReport("new", null, null, null, null));
  private static final int PATIENCE = 60; // seconds, of a test on a busy machine

  private final BlockingQueue<String> changed = new LinkedBlockingQueue<>();

  @Test
  void targets_areAskedAndTheirNamespacesTold() throws Exception {
    try (var rounds = rounds(_ -> ANSWER)) {
      rounds.follow("shop", targets("shop", 1));

      assertThat(changed.poll(PATIENCE, TimeUnit.SECONDS)).isEqualTo("shop");
      assertThat(rounds.reading("shop-0")).isEqualTo(ANSWER);
      assertThat(rounds.isComplete()).isTrue();
      assertThat(rounds.metrics())
          .contains("status_reads_total{outcome=\"answered\"} 1\n", "controller_sidecars 1\n");
    }
  }

  @Test
  void addressOfNoPod_isNeverAsked() throws Exception {
    var asked = new AtomicInteger();
    try (var rounds =
        rounds(_ -> {
          asked.incrementAndGet();
          return ANSWER;
        })) {
      rounds.follow("shop", List.of(new Target("a", "shop", "169.254.169.254", "new")));

      assertThat(changed.poll(PATIENCE, TimeUnit.SECONDS)).isEqualTo("shop");
      assertThat(rounds.reading("a")).isInstanceOf(Reading.Silent.class);
      assertThat(asked).hasValue(0);
    }
  }

  @Test
  void failureOfOurOwn_isSilenceAndTheOthersAreAsked() throws Exception {
    try (var rounds =
        rounds(pod -> {
          if (pod.getHostAddress().endsWith(".0")) {
            throw new IllegalStateException("a bug");
          }
          return ANSWER;
        })) {
      rounds.follow("shop", targets("shop", 2));

      assertThat(changed.poll(PATIENCE, TimeUnit.SECONDS)).isEqualTo("shop");
      assertThat(changed.poll(PATIENCE, TimeUnit.SECONDS)).isEqualTo("shop");
      assertThat(rounds.reading("shop-0")).isInstanceOf(Reading.Silent.class);
      assertThat(rounds.reading("shop-1")).isEqualTo(ANSWER);
    }
  }

  @Test
  void podsThatHoldTheirQuestion_areBoundedInNumber_andOthersAreStillAsked() throws Exception {
    var held = new AtomicInteger();
    var release = new CountDownLatch(1);
    try (var rounds =
        rounds(pod -> {
          if (pod.getHostAddress().startsWith("198.19.")) {
            held.incrementAndGet();
            release.await();
          }
          return ANSWER;
        })) {
      rounds.follow("hostile", hostile(40));
      rounds.follow("shop", targets("shop", 5));

      for (int i = 0; i < 5; i++) {
        assertThat(changed.poll(PATIENCE, TimeUnit.SECONDS)).isEqualTo("shop");
      }
      assertThat(held.get()).isLessThanOrEqualTo(64);
      release.countDown();
    }
  }

  @Test
  void rate_isBounded() throws Exception {
    long began = System.nanoTime();
    try (var rounds = rounds(_ -> ANSWER)) {
      rounds.follow("shop", targets("shop", 50));
      for (int i = 0; i < 50; i++) {
        assertThat(changed.poll(PATIENCE, TimeUnit.SECONDS)).isEqualTo("shop");
      }
    }
    // 50 starts have 49 pauses of 10 ms between them, whatever the machine does besides.
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(480));
  }

  private Rounds rounds(Rounds.Asking asking) {
    return Rounds.start(asking, changed::add);
  }

  private static List<Target> targets(String namespace, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Target(namespace + "-" + i, namespace, "198.18.0." + i, "new"))
        .toList();
  }

  private static List<Target> hostile(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Target("hostile-" + i, "hostile", "198.19.0." + i, "new"))
        .toList();
  }
}
