package io.sidetrace.operator.sidecars;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.operator.survey.Reading;
import io.sidetrace.operator.survey.SidecarReport;
import io.sidetrace.operator.survey.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class ScheduleTest {

  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Target A = new Target("a", "shop", "198.18.0.1", "new");
  private static final Target B = new Target("b", "shop", "198.18.0.2", "new");
  private static final Reading CURRENT = answered("new");
  private static final Reading OLDER = answered("old");
  private static final Reading SILENT = new Reading.Silent("no answer");

  private final Schedule schedule = new Schedule();

  @Test
  void newTargets_areDueAtOnce_eachOnce() {
    schedule.follow("shop", List.of(A, B), 0);

    assertThat(schedule.unasked()).isEqualTo(2);
    assertThat(List.of(next(0), next(0))).containsExactlyInAnyOrder(A, B);
    assertThat(schedule.next(LONG.toNanos())).isNull(); // under way
  }

  @Test
  void settledSidecar_isAskedAgainAfterAWhile() {
    assertThat(pauses(CURRENT, 3)).containsExactly(20L, 20L, 20L);
  }

  @Test
  void sidecarWithAnOlderForm_isAskedSoonThenSeldom() {
    assertThat(pauses(OLDER, 7)).containsExactly(1L, 2L, 4L, 8L, 16L, 20L, 20L);
  }

  @Test
  void silentSidecar_isAskedTheLeast() {
    assertThat(pauses(SILENT, 8)).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
  }

  @Test
  void changedExpectation_isDueAtOnce() {
    schedule.follow("shop", List.of(A), 0);
    schedule.said(next(0), CURRENT, 0);
    var edited = new Target("a", "shop", "198.18.0.1", "newer");

    schedule.follow("shop", List.of(edited), 1);

    assertThat(schedule.next(1)).isEqualTo(edited);
  }

  @Test
  void sameExpectation_changesNothing() {
    schedule.follow("shop", List.of(A), 0);
    schedule.said(next(0), CURRENT, 0);

    schedule.follow("shop", List.of(A), 1);

    assertThat(schedule.next(1)).isNull();
    assertThat(schedule.untilNext(0, LONG)).isEqualTo(Schedule.SETTLED);
    assertThat(schedule.untilNext(0, Duration.ofMillis(3))).isEqualTo(Duration.ofMillis(3));
  }

  @Test
  void expectationThatChangesWhileTheSidecarIsAsked_isNotSettledByTheAnswer() {
    schedule.follow("shop", List.of(A), 0);
    Target asked = next(0);
    schedule.follow("shop", List.of(new Target("a", "shop", "198.18.0.1", "newer")), 1);

    schedule.said(asked, CURRENT, 2);

    assertThat(schedule.untilNext(2, LONG)).isEqualTo(Schedule.SOON);
  }

  @Test
  void goneTargets_areForgotten_othersOfOtherNamespacesStay() {
    var other = new Target("c", "bank", "198.18.0.3", "new");
    schedule.follow("shop", List.of(A, B), 0);
    schedule.follow("bank", List.of(other), 0);
    Target underWay = next(0);

    schedule.follow("shop", List.of(), 1);

    assertThat(schedule.said(underWay, CURRENT, 2)).isFalse();
    assertThat(schedule.reading(underWay.uid())).isNull();
    assertThat(schedule.size()).isEqualTo(1);
    assertThat(schedule.next(2)).isEqualTo(other);
  }

  @Test
  void onlyWhatIsNew_isReportedAsSuch() {
    schedule.follow("shop", List.of(A), 0);
    long now = 0;

    List<Boolean> news = new ArrayList<>();
    for (Reading reading : List.of(OLDER, OLDER, CURRENT, CURRENT, SILENT, SILENT)) {
      now += LONG.toNanos();
      news.add(schedule.said(next(now), reading, now));
    }

    assertThat(news).containsExactly(true, false, true, false, true, false);
  }

  private List<Long> pauses(Reading reading, int times) {
    schedule.follow("shop", List.of(A), 0);
    List<Long> pauses = new ArrayList<>();
    long now = 0;
    for (int i = 0; i < times; i++) {
      schedule.said(next(now), reading, now);
      Duration pause = schedule.untilNext(now, LONG);
      pauses.add(pause.toSeconds());
      now += pause.toNanos();
    }
    return pauses;
  }

  private Target next(long now) {
    return Objects.requireNonNull(schedule.next(now));
  }

  private static Reading answered(String applied) {
    return new Reading.Answered(new SidecarReport(applied, null, null, null, null));
  }
}
