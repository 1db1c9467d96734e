package io.sidetrace.sidecar.admin;

import java.util.List;
import java.util.SequencedMap;

/// One metric with all its values.
///
/// @param name as Prometheus writes it; a counter's ends in `_total`
record Metric(String name, Type type, String help, List<Sample> samples) {

  enum Type {
    COUNTER,
    GAUGE
  }

  /// One value, told from the others by its labels.
  record Sample(SequencedMap<String, String> labels, long value) {}
}
