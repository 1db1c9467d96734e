/// Asks sidecars for their status. In come the targets of a survey, out goes what each of them said
/// last. Whatever runs in those pods may answer: slowly, hugely or wrongly, it costs a bounded time
/// and a bounded memory, and comes out as `Silent`.
///
/// `Rounds` (when, and how many at once) asks `Schedule` (who is next) and `StatusClient` (how).
@NullMarked
package io.sidetrace.operator.sidecars;

import org.jspecify.annotations.NullMarked;
