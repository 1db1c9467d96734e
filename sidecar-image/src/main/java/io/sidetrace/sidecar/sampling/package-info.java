/// Whether a request is recorded, and why.
///
/// `tracing` hands in what the request's head says and the shares that its route asks for: out of
/// [io.sidetrace.sidecar.sampling.RequestIdSampler] comes what Envoy would decide. That, the
/// decision that came with the request and the trace's identifier go into
/// [io.sidetrace.sidecar.sampling.TraceSampler], which knows the provider's rules and the bounds;
/// out comes a [io.sidetrace.sidecar.sampling.SamplingDecision], which carries its own reason.
@NullMarked
package io.sidetrace.sidecar.sampling;

import org.jspecify.annotations.NullMarked;
