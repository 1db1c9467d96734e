package io.sidetrace.sidecar.propagation;

import io.sidetrace.sidecar.trace.HeaderFormat;
import java.util.List;

/// Formats as configurations name them.
final class AllFormats {
  /// Those that say something of a trace.
  static final List<HeaderFormat> SPEAKING =
      HeaderFormat.nameable().stream().filter(format -> format != HeaderFormat.BAGGAGE).toList();

  private AllFormats() {}

  /// Reads one list and writes another, always, as `shop-1` of `shop`.
  static Propagation propagation(
      List<HeaderFormat> extract, List<HeaderFormat> inject, MalformedContexts malformed) {
    return Propagation.of(
        new PropagationSettings(extract, inject, true, "shop", "shop-1"), malformed);
  }

  /// Reads and writes one.
  static Propagation only(HeaderFormat format) {
    return propagation(List.of(format), List.of(format), new MalformedContexts());
  }
}
