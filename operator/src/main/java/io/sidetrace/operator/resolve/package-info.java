/// Decides about one pod: in come the pod, its namespace, the TracingConfigs and the operator's
/// defaults, out goes `Inject` with everything settled or `Skip` with its reason.
///
/// Nothing unreadable is passed over in silence: each such key becomes a warning that says what
/// came, what was expected and what happens instead. `render` is next.
@NullMarked
package io.sidetrace.operator.resolve;

import org.jspecify.annotations.NullMarked;
