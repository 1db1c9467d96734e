package io.sidetrace.sidecar.report;

import io.sidetrace.sidecar.report.ReportSnapshot.LastExport;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What became of spans that left the batches. Confined to the reporter's loop.
final class Ledger {
  private final InstantSource clock;
  private final Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);
  private long exported;
  private @Nullable LastExport last;

  Ledger(InstantSource clock) {
    this.clock = clock;
    for (DropReason reason : DropReason.values()) {
      dropped.put(reason, 0L); // every reason is on the metrics page from the beginning
    }
  }

  void exported(int spans) {
    exported += spans;
  }

  void dropped(DropReason reason, long spans) {
    dropped.merge(reason, spans, Long::sum);
  }

  void message(String outcome) {
    last = new LastExport(clock.instant(), outcome);
  }

  long exported() {
    return exported;
  }

  @Nullable LastExport last() {
    return last;
  }

  /// A copy of the counts.
  Map<DropReason, Long> dropped() {
    return new EnumMap<>(dropped);
  }
}
