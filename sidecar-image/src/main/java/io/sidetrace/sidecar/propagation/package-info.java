/// Trace contexts in and out of request headers, one class per format.
///
/// `tracing` hands in a [HeaderReader] over the request as it came and a [HeaderWriter] over what
/// goes upstream.
@NullMarked
package io.sidetrace.sidecar.propagation;

import org.jspecify.annotations.NullMarked;
