package io.sidetrace.operator.status;

import static java.util.stream.Collectors.summingInt;

import io.sidetrace.operator.api.NamedPod;
import io.sidetrace.operator.api.PodCounts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The pods of one config, summed up. The same pods in any order give an equal fleet.
///
/// @param outdated the first few by namespace and name; so is `missing`
public record Fleet(
    PodCounts counts, List<NamedPod> outdated, List<NamedPod> missing, Exports exports) {

  /// Enough to begin with; who wants all of them asks Kubernetes. A status that named thousands
  /// would be written anew with every one that comes or goes.
  private static final int NAMED = 5;

  private static final Comparator<NamedPod> ORDER =
      Comparator.comparing(NamedPod::namespace).thenComparing(NamedPod::name);

  public static final Fleet EMPTY =
      new Fleet(new PodCounts(0, 0, 0, 0, 0, 0), List.of(), List.of(), Exports.NONE);

  public Fleet {
    outdated = first(outdated);
    missing = first(missing);
  }

  public static Fleet of(List<PodFinding> findings) {
    var tally = new Tally();
    findings.forEach(tally::add);
    return new Fleet(
        tally.counts(),
        tally.outdated,
        tally.missing,
        Exports.of(findings.stream().map(PodFinding::export).toList()));
  }

  /// Of namespaces whose pods use the same config.
  public Fleet plus(Fleet other) {
    return new Fleet(
        sum(counts, other.counts),
        Stream.concat(outdated.stream(), other.outdated.stream()).toList(),
        Stream.concat(missing.stream(), other.missing.stream()).toList(),
        exports.plus(other.exports));
  }

  /// The same pods as seen from a form of the config that they have not been compared with:
  /// whatever was current is so no more, and nobody has looked what it is now.
  public Fleet unjudged() {
    var then =
        new PodCounts(
            counts.matched(),
            counts.injected(),
            0,
            counts.outdated(),
            counts.unknown() + counts.current(),
            counts.missing());
    return new Fleet(then, outdated, missing, exports);
  }

  private static List<NamedPod> first(List<NamedPod> pods) {
    return pods.stream().sorted(ORDER).limit(NAMED).toList();
  }

  private static PodCounts sum(PodCounts a, PodCounts b) {
    return new PodCounts(
        a.matched() + b.matched(),
        a.injected() + b.injected(),
        a.current() + b.current(),
        a.outdated() + b.outdated(),
        a.unknown() + b.unknown(),
        a.missing() + b.missing());
  }

  /// Confined to one summing up.
  private static final class Tally {
    private final List<NamedPod> outdated = new ArrayList<>();
    private final List<NamedPod> missing = new ArrayList<>();
    private int current;
    private int unknown;

    void add(PodFinding finding) {
      switch (finding.standing()) {
        case Standing.Current() -> current++;
        case Standing.Unknown _ -> unknown++;
        case Standing.Outdated(var reason, var message) ->
            outdated.add(new NamedPod(finding.namespace(), finding.name(), reason, message));
        case Standing.Missing(var reason, var message) ->
            missing.add(new NamedPod(finding.namespace(), finding.name(), reason, message));
      }
    }

    PodCounts counts() {
      int injected = current + unknown + outdated.size();
      return new PodCounts(
          injected + missing.size(), injected, current, outdated.size(), unknown, missing.size());
    }
  }

  /// What became of what the sidecars sent last.
  ///
  /// @param failed how many met which outcome
  public record Exports(int arrived, Map<String, Integer> failed) {
    static final Exports NONE = new Exports(0, Map.of());

    public Exports {
      failed = Map.copyOf(failed);
    }

    static Exports of(List<Export> exports) {
      Map<String, Integer> failed =
          exports.stream()
              .filter(Export.Failed.class::isInstance)
              .map(Export.Failed.class::cast)
              .collect(Collectors.groupingBy(Export.Failed::outcome, summingInt(_ -> 1)));
      long arrived = exports.stream().filter(Export.Arrived.class::isInstance).count();
      return new Exports((int) arrived, failed);
    }

    Exports plus(Exports other) {
      Map<String, Integer> sum = new TreeMap<>(failed);
      other.failed.forEach((outcome, count) -> sum.merge(outcome, count, Integer::sum));
      return new Exports(arrived + other.arrived, sum);
    }

    int failures() {
      return failed.values().stream().mapToInt(Integer::intValue).sum();
    }

    /// The same one for the same failures, also where several are as frequent.
    String mostFrequentFailure() {
      return failed.entrySet().stream()
          .max(
              Map.Entry.<String, Integer>comparingByValue()
                  .thenComparing(Map.Entry::getKey, Comparator.reverseOrder()))
          .map(Map.Entry::getKey)
          .orElse("");
    }
  }
}
