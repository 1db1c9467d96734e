package io.sidetrace.operator.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.fabric8.kubernetes.api.model.Condition;
import io.sidetrace.operator.api.NamedPod;
import io.sidetrace.operator.api.PodCounts;
import io.sidetrace.operator.api.TracingConfigStatus;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ConfigStatusTest {

  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00.123Z");
  private static final Instant LATER = Instant.parse("2026-01-01T01:00:00Z");
  private static final Acceptance ACCEPTED = new Acceptance.Accepted();

  @Test
  void acceptedAndWrittenEverywhere_isProgrammed() {
    var status = ConfigStatus.next(null, 3, outcome(ACCEPTED, 2, 2), FIRST);

    assertThat(status.observedGeneration()).isEqualTo(3);
    assertThat(status.conditions())
        .extracting(Condition::getType, Condition::getStatus, Condition::getReason)
        .containsExactly(
            tuple("Accepted", "True", "Accepted"), tuple("Programmed", "True", "Programmed"));
    assertThat(status.conditions())
        .allSatisfy(condition -> {
          assertThat(condition.getLastTransitionTime()).isEqualTo("2026-01-01T00:00:00Z");
          assertThat(condition.getObservedGeneration()).isEqualTo(3);
        });
  }

  @Test
  void writtenInPart_isPendingAndSaysHowFar() {
    var status = ConfigStatus.next(null, 1, outcome(ACCEPTED, 1, 3), FIRST);

    assertThat(condition(status, "Programmed"))
        .extracting(Condition::getStatus, Condition::getReason, Condition::getMessage)
        .containsExactly("False", "Pending", "1 of 3 namespaces have it");
  }

  @Test
  void invalid_saysWhyAndIsNotProgrammed() {
    var status =
        ConfigStatus.next(
            null, 1, outcome(new Acceptance.Invalid("spec.provider: none"), 0, 1), FIRST);

    assertThat(condition(status, "Accepted"))
        .extracting(Condition::getStatus, Condition::getReason, Condition::getMessage)
        .containsExactly("False", "Invalid", "spec.provider: none");
    assertThat(condition(status, "Programmed").getStatus()).isEqualTo("False");
  }

  @Test
  void conflict_namesTheOlder() {
    var status =
        ConfigStatus.next(null, 1, outcome(new Acceptance.Conflict("shop/first"), 1, 1), FIRST);

    assertThat(condition(status, "Accepted").getReason()).isEqualTo("Conflict");
    assertThat(condition(status, "Accepted").getMessage()).contains("shop/first");
    assertThat(condition(status, "Programmed").getStatus()).isEqualTo("True");
  }

  @Test
  void sameOutcomesLater_giveAnEqualStatus() {
    var before = ConfigStatus.next(null, 1, outcome(ACCEPTED, 1, 1), FIRST);

    assertThat(ConfigStatus.next(before, 1, outcome(ACCEPTED, 1, 1), LATER)).isEqualTo(before);
  }

  @Test
  void transitionTime_movesOnlyWithTheStatusItself() {
    var before = ConfigStatus.next(null, 1, outcome(ACCEPTED, 0, 1), FIRST);

    var after = ConfigStatus.next(before, 2, outcome(ACCEPTED, 1, 1), LATER);

    assertThat(condition(after, "Accepted").getLastTransitionTime())
        .isEqualTo("2026-01-01T00:00:00Z");
    assertThat(condition(after, "Programmed").getLastTransitionTime())
        .isEqualTo("2026-01-01T01:00:00Z");
  }

  @Test
  void countedPods_areTold() {
    var status = ConfigStatus.next(null, 1, counted("ok"), FIRST);

    assertThat(status.pods()).isEqualTo(new PodCounts(2, 1, 1, 0, 0, 1));
    assertThat(status.missingPods()).extracting(NamedPod::name).containsExactly("b");
    assertThat(condition(status, "CollectorReachable").getStatus()).isEqualTo("True");
  }

  @Test
  void podsNotCountedYet_leaveWhatAnEarlierCountFound() {
    var before = ConfigStatus.next(null, 1, counted("timeout"), FIRST);

    assertThat(ConfigStatus.next(before, 1, outcome(ACCEPTED, 1, 1), LATER)).isEqualTo(before);
  }

  @Test
  void sameCountsLater_giveAnEqualStatus() {
    var before = ConfigStatus.next(null, 1, counted("timeout"), FIRST);

    assertThat(ConfigStatus.next(before, 1, counted("timeout"), LATER)).isEqualTo(before);
    assertThat(ConfigStatus.next(before, 1, counted("ok"), LATER)).isNotEqualTo(before);
  }

  private static Outcome counted(String export) {
    Export met = export.equals("ok") ? new Export.Arrived() : new Export.Failed(export);
    var fleet =
        Fleet.of(
            List.of(
                new PodFinding("shop", "a", new Standing.Current(), met),
                new PodFinding(
                    "shop", "b", new Standing.Missing("NotInjected", "why"), new Export.None())));
    return new Outcome(ACCEPTED, new Programming(1, 1), fleet);
  }

  private static Outcome outcome(Acceptance acceptance, int current, int total) {
    return new Outcome(acceptance, new Programming(current, total), null);
  }

  private static Condition condition(TracingConfigStatus status, String type) {
    return status.conditions().stream()
        .filter(condition -> condition.getType().equals(type))
        .findFirst()
        .orElseThrow();
  }
}
