package io.sidetrace.operator.survey;

import io.sidetrace.operator.render.InjectionNote;
import io.sidetrace.operator.status.Export;
import io.sidetrace.operator.status.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Judges pods by what they should have, what they have and what their sidecars say.
///
/// @param hashes of the configs that can be rendered, by `namespace/name`
/// @param installed since when there has been a webhook to inject; null where that is not known
record Examination(Map<String, String> hashes, @Nullable Instant installed) {

  Examination {
    hashes = Map.copyOf(hashes);
  }

  /// Null for a pod that no config is for.
  @Nullable Standing standing(SeenPod pod, Expectation expected, @Nullable Reading reading) {
    InjectionNote note = pod.note();
    if (note == null) {
      return missing(pod, expected);
    }
    // What a config that cannot be rendered would give the pod is not known either.
    Standing.Outdated byRestart =
        expected instanceof Expectation.Wanted wanted && hashes.containsKey(wanted.config())
            ? needsRestart(note, wanted)
            : null;
    return byRestart != null ? byRestart : applied(hashes.get(note.config()), reading);
  }

  /// The config that counts the pod; null where none does. The one that would serve it now comes
  /// first: it is the one whose owner wonders why the pod does something else.
  static @Nullable String config(SeenPod pod, Expectation expected) {
    InjectionNote note = pod.note();
    return switch (expected) {
      case Expectation.Wanted(var config, var _) -> config;
      case Expectation.Hindered(var config, var _) -> note == null ? config : note.config();
      case Expectation.Unwanted _ -> note == null ? null : note.config();
    };
  }

  private @Nullable Standing missing(SeenPod pod, Expectation expected) {
    return switch (expected) {
      case Expectation.Unwanted _ -> null;
      case Expectation.Hindered(var _, var reason) ->
          new Standing.Missing(reason.word(), reason.description());
      case Expectation.Wanted _ -> {
        if (installed != null && pod.isOlderThan(installed)) {
          yield new Standing.Missing(
              "OlderThanOperator",
              "created before the operator was installed (expected: a restart of the pod)");
        }
        yield new Standing.Missing(
            "NotInjected",
            pod.asksItself()
                ? "no webhook answered when it was created, or it has asked only since then (expected: a restart of the pod)"
                : "no webhook answered when it was created, or its namespace was labelled only since then (expected: a restart of the pod)");
      }
    };
  }

  private static Standing.@Nullable Outdated needsRestart(
      InjectionNote note, Expectation.Wanted wanted) {
    if (!note.config().equals(wanted.config())) {
      return new Standing.Outdated(
          "OtherConfig",
          "mounts the files of %s (expected: those of %s, after a restart of the pod)"
              .formatted(note.config(), wanted.config()));
    }
    List<String> differences = wanted.fingerprint().differences(note.fingerprint());
    return differences.isEmpty()
        ? null
        : new Standing.Outdated(
            "NeedsRestart",
            "changed since it was injected: %s (expected: a restart of the pod)"
                .formatted(String.join(", ", differences)));
  }

  private static Standing applied(@Nullable String hash, @Nullable Reading reading) {
    return switch (reading) {
      case null -> new Standing.Unknown("its sidecar was not asked yet");
      case Reading.Silent(var why) -> new Standing.Unknown(why);
      case Reading.Answered(var report) ->
          hash == null
              ? new Standing.Unknown("its config cannot be rendered")
              : applied(hash, report);
    };
  }

  private static Standing applied(String hash, SidecarReport report) {
    if (hash.equals(report.applied())) {
      return new Standing.Current();
    }
    if (report.refusal() != null) {
      return new Standing.Outdated("Refused", "its sidecar refuses it: " + report.refusal());
    }
    return report.applied() == null
        ? new Standing.Outdated("Waiting", "its sidecar has no configuration yet")
        : new Standing.Outdated(
            "NotApplied", "its sidecar uses %s (expected: %s)".formatted(report.applied(), hash));
  }

  /// What a pod's sidecar says about the collector of the config that counts the pod.
  static Export export(SeenPod pod, String config, @Nullable Reading reading) {
    InjectionNote note = pod.note();
    String outcome = reading instanceof Reading.Answered(var report) ? report.lastOutcome() : null;
    if (outcome == null || note == null || !note.config().equals(config)) {
      return new Export.None();
    }
    return outcome.equals(SidecarReport.ARRIVED)
        ? new Export.Arrived()
        : new Export.Failed(outcome);
  }
}
