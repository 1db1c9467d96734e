package io.sidetrace.operator.status;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.sidetrace.operator.api.TracingConfigStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Turns outcomes into a status. The same outcomes over a status that says so already give an equal
/// status, so that nothing is written twice.
public final class ConfigStatus {

  private static final String TRUE = "True";
  private static final String FALSE = "False";

  private ConfigStatus() {}

  /// Until the pods have been looked at, what an earlier look found stays.
  public static TracingConfigStatus next(
      @Nullable TracingConfigStatus previous, long generation, Outcome outcome, Instant now) {
    var told = Stream.of(accepted(outcome.acceptance()), programmed(outcome));
    Fleet fleet = outcome.fleet();
    if (fleet == null) {
      var conditions = dated(Stream.concat(told, kept(previous)), previous, generation, now);
      return previous == null
          ? new TracingConfigStatus(generation, conditions, null, null, null)
          : new TracingConfigStatus(
              generation,
              conditions,
              previous.pods(),
              previous.outdatedPods(),
              previous.missingPods());
    }
    var reach = CollectorReach.of(fleet.exports());
    var reachable =
        condition(
            TracingConfigStatus.COLLECTOR_REACHABLE,
            reach.status(),
            reach.reason(),
            reach.message());
    return new TracingConfigStatus(
        generation,
        dated(Stream.concat(told, Stream.of(reachable)), previous, generation, now),
        fleet.counts(),
        fleet.outdated(),
        fleet.missing());
  }

  private static Stream<Condition> kept(@Nullable TracingConfigStatus previous) {
    return previous == null
        ? Stream.of()
        : previous.conditions().stream()
            .filter(
                condition -> condition.getType().equals(TracingConfigStatus.COLLECTOR_REACHABLE))
            .map(known ->
                condition(
                    known.getType(), known.getStatus(), known.getReason(), known.getMessage()));
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

  private static Condition programmed(Outcome outcome) {
    String type = TracingConfigStatus.PROGRAMMED;
    Programming programming = outcome.programming();
    if (outcome.acceptance() instanceof Acceptance.Invalid) {
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

  private static List<Condition> dated(
      Stream<Condition> conditions,
      @Nullable TracingConfigStatus previous,
      long generation,
      Instant now) {
    return conditions.map(condition -> dated(condition, previous, generation, now)).toList();
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
