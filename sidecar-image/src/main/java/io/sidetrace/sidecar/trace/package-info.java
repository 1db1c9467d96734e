/// The vocabulary of tracing: identifiers, a context that travels, a finished span, and the sink
/// that takes it.
///
/// Everything here is an immutable value without behaviour of its own; `propagation` reads and
/// writes contexts, `tracing` makes spans, `report` takes them.
@NullMarked
package io.sidetrace.sidecar.trace;

import org.jspecify.annotations.NullMarked;
