/// From finished spans to delivered batches, with an account that always balances.
///
/// In come spans, through one [io.sidetrace.sidecar.report.SpanQueue] per event loop; the one
/// [io.sidetrace.sidecar.report.BatchReporter] drains them into the batches of each
/// [io.sidetrace.sidecar.report.Destination], and out they go through its
/// [io.sidetrace.sidecar.report.Transport], which `export` provides. What cannot go is dropped and
/// counted by [io.sidetrace.sidecar.report.DropReason].
///
/// ```
/// event loop ─ SpanQueue ┐                  ┌ Destination ─ Transport (export)
/// event loop ─ SpanQueue ┴─ BatchReporter ──┴ Destination ─ Transport (export)
/// ```
@NullMarked
package io.sidetrace.sidecar.report;

import org.jspecify.annotations.NullMarked;
