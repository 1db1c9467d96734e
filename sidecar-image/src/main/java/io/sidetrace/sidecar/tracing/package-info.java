/// One request's tracing: extract, sample, start, inject, finish.
///
/// `exchange` calls in with the request head; finished spans leave through
/// [io.sidetrace.sidecar.trace.SpanSink].
@NullMarked
package io.sidetrace.sidecar.tracing;

import org.jspecify.annotations.NullMarked;
