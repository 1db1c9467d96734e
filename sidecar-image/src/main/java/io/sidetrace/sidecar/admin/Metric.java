package io.sidetrace.sidecar.admin;

import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// One metric with all its values.
///
/// @param name as Prometheus writes it; a counter's ends in `_total`
record Metric(String name, Type type, String help, List<Sample> samples) {

  enum Type {
    COUNTER,
    GAUGE
  }

  /// One value, told from the others by its labels.
  ///
  /// @param stat its name in `/stats`; null: made of the metric's name and the labels' values
  record Sample(SequencedMap<String, String> labels, long value, @Nullable String stat) {
    Sample(SequencedMap<String, String> labels, long value) {
      this(labels, value, null);
    }
  }
}
