package io.sidetrace.operator.status;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.sidetrace.operator.api.TracingConfigStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Turns outcomes into a status. The same outcomes over a status that says so already give an equal
/// status, so that nothing is written twice.
public final class ConfigStatus {

  private static final String TRUE = "True";
  private static final String FALSE = "False";

  private ConfigStatus() {}

  public static TracingConfigStatus next(
      @Nullable TracingConfigStatus previous,
      long generation,
      Acceptance acceptance,
      Programming programming,
      Instant now) {
    List<Condition> conditions =
        List.of(accepted(acceptance), programmed(acceptance, programming)).stream()
            .map(condition -> dated(condition, previous, generation, now))
            .toList();
    return new TracingConfigStatus(generation, conditions);
  }

  private static Condition accepted(Acceptance acceptance) {
    return switch (acceptance) {
      case Acceptance.Accepted() ->
          condition(TracingConfigStatus.ACCEPTED, TRUE, "Accepted", "the spec is valid");
      case Acceptance.Invalid(var message) ->
          condition(TracingConfigStatus.ACCEPTED, FALSE, "Invalid", message);
      case Acceptance.Conflict(var older) ->
          condition(
              TracingConfigStatus.ACCEPTED,
              FALSE,
              "Conflict",
              "TracingConfig %s is older and selects the same pods (expected: another selector, or pods that name this one)"
                  .formatted(older));
    };
  }

  private static Condition programmed(Acceptance acceptance, Programming programming) {
    String type = TracingConfigStatus.PROGRAMMED;
    if (acceptance instanceof Acceptance.Invalid) {
      return condition(
          type, FALSE, "Invalid", "the last valid form, if there was one, stays in use");
    }
    String progress =
        "%d of %d namespaces have it".formatted(programming.current(), programming.total());
    return programming.current() == programming.total()
        ? condition(type, TRUE, "Programmed", progress)
        : condition(type, FALSE, "Pending", progress);
  }

  private static Condition condition(String type, String status, String reason, String message) {
    return new ConditionBuilder()
        .withType(type)
        .withStatus(status)
        .withReason(reason)
        .withMessage(message)
        .build();
  }

  /// The moment of transition is that of the last change of `status`, as the API conventions want
  /// it.
  private static Condition dated(
      Condition condition, @Nullable TracingConfigStatus previous, long generation, Instant now) {
    String since = now.truncatedTo(ChronoUnit.SECONDS).toString();
    if (previous != null) {
      for (Condition before : previous.conditions()) {
        if (before.getType().equals(condition.getType())
            && Objects.equals(before.getStatus(), condition.getStatus())) {
          since = before.getLastTransitionTime();
        }
      }
    }
    condition.setLastTransitionTime(since);
    condition.setObservedGeneration(generation);
    return condition;
  }
}
