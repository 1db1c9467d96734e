/// The tracing systems that spans can be made for: one record with its settings for each, and the
/// reader of its Envoy configuration.
///
/// `config` hands in the provider's message; out comes the one
/// [io.sidetrace.sidecar.config.provider.Provider] of a connection manager.
@NullMarked
package io.sidetrace.sidecar.config.provider;

import org.jspecify.annotations.NullMarked;
