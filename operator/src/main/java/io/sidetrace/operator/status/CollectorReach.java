package io.sidetrace.operator.status;

import io.sidetrace.operator.status.Fleet.Exports;

/// What the sidecars' exports say about the collector: the operator does not try it itself, since
/// whoever writes a config would choose what it connects to.
record CollectorReach(String status, String reason, String message) {

  static CollectorReach of(Exports exports) {
    int failures = exports.failures();
    int arrived = exports.arrived();
    if (failures == 0) {
      return arrived == 0
          ? new CollectorReach("Unknown", "NothingExported", "no sidecar has sent spans yet")
          : new CollectorReach("True", "Reachable", "what each sidecar sent last has arrived");
    }
    String worst = exports.mostFrequentFailure();
    return arrived == 0
        ? new CollectorReach(
            "False", "Unreachable", "what sidecars sent last has not arrived: " + worst)
        : new CollectorReach(
            "False",
            "PartlyReachable",
            "of %2$d sidecars, what %1$d sent last has not arrived, most often: %3$s"
                .formatted(failures, failures + arrived, worst));
  }
}
