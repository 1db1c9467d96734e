/// Whether a request is recorded, and why.
///
/// `tracing` hands in what the request's head says and the shares that its route asks for; out
/// comes a [io.sidetrace.sidecar.sampling.SamplingDecision], which carries its own reason.
@NullMarked
package io.sidetrace.sidecar.sampling;

import org.jspecify.annotations.NullMarked;
