package io.sidetrace.operator.resolve;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.sidetrace.operator.api.Keys;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Finds keys of ours that have no effect where they stand.
public final class KeyCheck {
  /// What a pod may carry as an annotation; `inject` also as a label.
  private static final List<String> POD_KEYS =
      List.of(
          Keys.INJECT,
          Keys.CONFIG,
          Keys.SERVICE_NAME,
          Keys.SAMPLING,
          Keys.INTERCEPTION,
          Keys.INCLUDE_INBOUND_PORTS,
          Keys.EXCLUDE_INBOUND_PORTS,
          Keys.EXCLUDE_OUTBOUND_PORTS,
          Keys.EXCLUDE_OUTBOUND_CIDRS,
          Keys.LOG_LEVEL,
          Keys.SIDECAR_IMAGE,
          Keys.SIDECAR_CPU,
          Keys.SIDECAR_MEMORY);

  private KeyCheck() {}

  static void warnAboutUnknown(AdmittedPod pod, List<String> warnings) {
    for (var key : ours(pod.annotations())) {
      if (!POD_KEYS.contains(key) && !isWrittenByUs(key)) {
        warnings.add(key + ": no such annotation (expected: " + nearest(key) + "?); it is ignored");
      }
    }
    for (var key : ours(pod.labels())) {
      if (POD_KEYS.contains(key) && !key.equals(Keys.INJECT)) {
        warnings.add(key + ": a label (expected: an annotation); it is ignored");
      } else if (!key.equals(Keys.INJECT) && !isWrittenByUs(key)) {
        var nearest = nearest(key);
        var kind = nearest.equals(Keys.INJECT) ? "" : "the annotation ";
        warnings.add(key + ": no such label (expected: " + kind + nearest + "?); it is ignored");
      }
    }
  }

  /// Keys for pods that stand on a workload's own metadata, where nothing reads them.
  ///
  /// @param kind such as `Deployment`
  /// @param template the metadata of its pod template
  public static List<String> misplaced(
      String kind, ObjectMeta workload, @Nullable ObjectMeta template) {
    var warnings = new ArrayList<String>();
    var keys = new TreeSet<String>();
    keys.addAll(ours(workload.getAnnotations()));
    keys.addAll(ours(workload.getLabels()));
    var pods = kind.equals("CronJob") ? "spec.jobTemplate.spec.template" : "spec.template";
    for (var key : keys) {
      if (!has(template, key)) {
        warnings.add(
            "%s: on the metadata of %s %s itself (expected: in %s.metadata); it is ignored"
                .formatted(key, kind, workload.getName(), pods));
      }
    }
    return warnings;
  }

  private static boolean has(@Nullable ObjectMeta template, String key) {
    return template != null
        && (ours(template.getAnnotations()).contains(key)
            || ours(template.getLabels()).contains(key));
  }

  private static Collection<String> ours(@Nullable Map<String, String> keys) {
    return keys == null
        ? List.of()
        : keys.keySet().stream().filter(key -> key.startsWith(Keys.PREFIX)).sorted().toList();
  }

  /// Status and nudges that the operator itself leaves on pods.
  private static boolean isWrittenByUs(String key) {
    return key.equals(Keys.STATUS) || key.equals(Keys.INJECTED) || key.equals(Keys.CONFIG_HASH);
  }

  private static String nearest(String key) {
    return POD_KEYS.stream()
        .min(Comparator.comparingInt(known -> EditDistance.between(known, key)))
        .orElseThrow();
  }
}
