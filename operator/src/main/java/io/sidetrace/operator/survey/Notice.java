package io.sidetrace.operator.survey;

import io.sidetrace.operator.resolve.SkipReason;
import io.sidetrace.operator.status.Standing;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the people behind a workload shall hear. The same for all of its pods, so that a thousand
/// replicas make one event.
///
/// @param reason one word: `Injected`, `Skipped`, `NotInjected` or `Outdated`
public record Notice(Workload workload, Type type, String reason, String message) {

  public enum Type {
    NORMAL,
    WARNING
  }

  /// What waits for somebody; an edit on its way into a sidecar does not.
  private static final Set<String> LASTING = Set.of("OtherConfig", "NeedsRestart", "Refused");

  /// Null where there is nothing to say.
  ///
  /// @param news since when what happened is news: an injection of long ago is not
  static @Nullable Notice of(
      SeenPod pod, Expectation expected, @Nullable Standing standing, Instant news) {
    var note = pod.note();
    if (note == null) {
      return of(pod, expected, standing);
    }
    if (standing instanceof Standing.Outdated(var reason, var message)
        && LASTING.contains(reason)) {
      return notice(pod, Type.WARNING, "Outdated", message);
    }
    return pod.isOlderThan(news)
        ? null
        : notice(pod, Type.NORMAL, "Injected", "sidecar injected, config " + note.config());
  }

  private static @Nullable Notice of(
      SeenPod pod, Expectation expected, @Nullable Standing standing) {
    return switch (expected) {
      case Expectation.Hindered(var _, var reason) -> skipped(pod, reason);
      case Expectation.Unwanted(var reason) ->
          reason == SkipReason.UNREADABLE_CHOICE ? skipped(pod, reason) : null;
      case Expectation.Wanted _ ->
          standing instanceof Standing.Missing(var _, var message)
              ? notice(pod, Type.WARNING, "NotInjected", message)
              : null;
    };
  }

  private static Notice skipped(SeenPod pod, SkipReason reason) {
    return notice(pod, Type.WARNING, "Skipped", reason.word() + ": " + reason.description());
  }

  private static Notice notice(SeenPod pod, Type type, String reason, String message) {
    return new Notice(Workload.of(pod.pod()), type, reason, message);
  }
}
