/// Listening: sockets are bound and unbound as the configuration says, and every accepted
/// connection goes to its listener's service in `exchange`.
///
/// In come [io.sidetrace.sidecar.config.Listener]s; the composition root calls
/// [io.sidetrace.sidecar.accept.Acceptor].
@NullMarked
package io.sidetrace.sidecar.accept;

import org.jspecify.annotations.NullMarked;
