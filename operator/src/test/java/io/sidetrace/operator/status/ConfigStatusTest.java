package io.sidetrace.operator.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.fabric8.kubernetes.api.model.Condition;
import io.sidetrace.operator.api.TracingConfigStatus;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ConfigStatusTest {

  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00.123Z");
  private static final Instant LATER = Instant.parse("2026-01-01T01:00:00Z");
  private static final Acceptance ACCEPTED = new Acceptance.Accepted();

  @Test
  void acceptedAndWrittenEverywhere_isProgrammed() {
    var status = ConfigStatus.next(null, 3, ACCEPTED, new Programming(2, 2), FIRST);

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
    var status = ConfigStatus.next(null, 1, ACCEPTED, new Programming(1, 3), FIRST);

    assertThat(condition(status, "Programmed"))
        .extracting(Condition::getStatus, Condition::getReason, Condition::getMessage)
        .containsExactly("False", "Pending", "1 of 3 namespaces have it");
  }

  @Test
  void invalid_saysWhyAndIsNotProgrammed() {
    var status =
        ConfigStatus.next(
            null, 1, new Acceptance.Invalid("spec.provider: none"), new Programming(0, 1), FIRST);

    assertThat(condition(status, "Accepted"))
        .extracting(Condition::getStatus, Condition::getReason, Condition::getMessage)
        .containsExactly("False", "Invalid", "spec.provider: none");
    assertThat(condition(status, "Programmed").getStatus()).isEqualTo("False");
  }

  @Test
  void conflict_namesTheOlder() {
    var status =
        ConfigStatus.next(
            null, 1, new Acceptance.Conflict("shop/first"), new Programming(1, 1), FIRST);

    assertThat(condition(status, "Accepted").getReason()).isEqualTo("Conflict");
    assertThat(condition(status, "Accepted").getMessage()).contains("shop/first");
    assertThat(condition(status, "Programmed").getStatus()).isEqualTo("True");
  }

  @Test
  void sameOutcomesLater_giveAnEqualStatus() {
    var before = ConfigStatus.next(null, 1, ACCEPTED, new Programming(1, 1), FIRST);

    assertThat(ConfigStatus.next(before, 1, ACCEPTED, new Programming(1, 1), LATER))
        .isEqualTo(before);
  }

  @Test
  void transitionTime_movesOnlyWithTheStatusItself() {
    var before = ConfigStatus.next(null, 1, ACCEPTED, new Programming(0, 1), FIRST);

    var after = ConfigStatus.next(before, 2, ACCEPTED, new Programming(1, 1), LATER);

    assertThat(condition(after, "Accepted").getLastTransitionTime())
        .isEqualTo("2026-01-01T00:00:00Z");
    assertThat(condition(after, "Programmed").getLastTransitionTime())
        .isEqualTo("2026-01-01T01:00:00Z");
  }

  private static Condition condition(TracingConfigStatus status, String type) {
    return status.conditions().stream()
        .filter(condition -> condition.getType().equals(type))
        .findFirst()
        .orElseThrow();
  }
}
