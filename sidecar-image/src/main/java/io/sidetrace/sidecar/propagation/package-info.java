/// Trace contexts in and out of request headers, one class per format; [Propagation] is all that a
/// connection manager reads and writes.
///
/// `tracing` hands in a [ReceivedRequest], the head as it came, and a [HeaderWriter] over what goes
/// upstream; it gets an [Extracted] in between.
@NullMarked
package io.sidetrace.sidecar.propagation;

import org.jspecify.annotations.NullMarked;
