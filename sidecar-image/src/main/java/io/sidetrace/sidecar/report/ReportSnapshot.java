package io.sidetrace.sidecar.report;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where all spans are at one moment: `started = exported + Σ dropped + queued`.
///
/// @param started spans that were finished and handed in
/// @param exported spans that a collector has confirmed
/// @param queued spans found in the queues and in batches, those under way among them
/// @param dropped spans given up, with every reason present
/// @param last how the newest message to any collector ended; null before the first
public record ReportSnapshot(
    long started,
    long exported,
    long queued,
    Map<DropReason, Long> dropped,
    @Nullable LastExport last) {

  /// How a message ended, and when.
  ///
  /// @param outcome `ok`, or what went wrong: `rejected: 400`
  public record LastExport(Instant at, String outcome) {}

  public long droppedTotal() {
    return dropped.values().stream().mapToLong(Long::longValue).sum();
  }
}
