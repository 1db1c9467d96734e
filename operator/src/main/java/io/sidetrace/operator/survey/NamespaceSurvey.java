package io.sidetrace.operator.survey;

import io.fabric8.kubernetes.api.model.Pod;
import io.sidetrace.operator.api.TracingConfig;
import io.sidetrace.operator.render.ConfigRenderer;
import io.sidetrace.operator.resolve.AdmittedPod;
import io.sidetrace.operator.status.Fleet;
import io.sidetrace.operator.status.PodFinding;
import io.sidetrace.operator.status.Standing;
import io.sidetrace.operator.validate.Validation;
import io.sidetrace.operator.validate.Validator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One namespace's pods, looked at again and again. What the rules give a pod is worked out anew
/// only when the pod, its namespace or a config has changed: that is the costly part. Confined to
/// one thread.
public final class NamespaceSurvey {
  private final Examiner examiner;
  private Map<String, Known> known = Map.of();

  public NamespaceSurvey(Examiner examiner) {
    this.examiner = examiner;
  }

  /// A namespace as it is now.
  ///
  /// @param pods all of its pods
  /// @param configs of the namespace and of the operator's
  public record View(
      Map<String, String> labels, List<Pod> pods, List<TracingConfig> configs, Moments moments) {
    public View {
      labels = Map.copyOf(labels);
      pods = List.copyOf(pods);
      configs = List.copyOf(configs);
    }
  }

  /// Moments that findings depend on.
  ///
  /// @param installed since when there has been a webhook; null where that is not known
  /// @param news since when an injection is worth telling
  public record Moments(@Nullable Instant installed, Instant news) {}

  /// What was found.
  ///
  /// @param fleets by config, `namespace/name`
  /// @param targets the sidecars that are to be asked
  public record Result(Map<String, Fleet> fleets, Set<Notice> notices, List<Target> targets) {}

  /// What an expectation rests on, besides the pod.
  private record Rules(Map<String, String> labels, List<String> configs) {
    static Rules of(View view) {
      return new Rules(
          view.labels(),
          view.configs().stream()
              .map(config ->
                  config.getMetadata().getUid() + "@" + config.getMetadata().getGeneration())
              .toList());
    }
  }

  private record Known(String version, Rules rules, Expectation expectation) {}

  /// Looks at all of it.
  ///
  /// @param readings what the sidecar of a pod, by its uid, said last; null for none
  public Result look(View view, Function<String, @Nullable Reading> readings) {
    var rules = Rules.of(view);
    var examination = new Examination(hashes(view.configs()), view.moments().installed());
    var found = new Found(new TreeMap<>(), new LinkedHashSet<>(), new ArrayList<>());
    Map<String, Known> next = new HashMap<>();
    for (Pod pod : view.pods()) {
      var seen = SeenPod.of(pod);
      if (!seen.isOver()) {
        Known judged = expectation(seen, view, rules);
        next.put(seen.uid(), judged);
        found.add(
            seen,
            judged.expectation(),
            examination,
            new Said(readings.apply(seen.uid()), view.moments().news()));
      }
    }
    known = next;
    return found.result();
  }

  private Known expectation(SeenPod seen, View view, Rules rules) {
    Known before = known.get(seen.uid());
    if (before != null && before.version().equals(seen.version()) && before.rules().equals(rules)) {
      return before;
    }
    var admitted = new AdmittedPod(seen.pod(), seen.namespace(), view.labels());
    return new Known(seen.version(), rules, examiner.expect(admitted, view.configs()));
  }

  private static Map<String, String> hashes(List<TracingConfig> configs) {
    Map<String, String> hashes = new HashMap<>();
    for (TracingConfig config : configs) {
      var metadata = config.getMetadata();
      if (Validator.validate(config.getSpec()) instanceof Validation.Valid valid) {
        hashes.put(
            metadata.getNamespace() + "/" + metadata.getName(),
            ConfigRenderer.render(valid.spec(), metadata.getNamespace()).hash());
      }
    }
    return hashes;
  }

  private record Said(@Nullable Reading reading, Instant news) {}

  private record Found(
      Map<String, List<PodFinding>> findings, Set<Notice> notices, List<Target> targets) {

    void add(SeenPod pod, Expectation expected, Examination examination, Said said) {
      Standing standing = examination.standing(pod, expected, said.reading());
      String config = Examination.config(pod, expected);
      if (standing != null && config != null) {
        findings
            .computeIfAbsent(config, _ -> new ArrayList<>())
            .add(
                new PodFinding(
                    pod.namespace(),
                    pod.name(),
                    standing,
                    Examination.export(pod, config, said.reading())));
      }
      Notice notice = Notice.of(pod, expected, standing, said.news());
      if (notice != null) {
        notices.add(notice);
      }
      String address = pod.address();
      if (address != null && pod.note() != null) {
        targets.add(
            new Target(
                pod.uid(),
                pod.namespace(),
                address,
                examination.hashes().get(pod.note().config())));
      }
    }

    Result result() {
      Map<String, Fleet> fleets = new TreeMap<>();
      findings.forEach((config, pods) -> fleets.put(config, Fleet.of(pods)));
      return new Result(fleets, notices, targets);
    }
  }
}
