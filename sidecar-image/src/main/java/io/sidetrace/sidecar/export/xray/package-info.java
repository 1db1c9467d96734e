/// Spans for AWS X-Ray: segment documents in JSON, each a datagram to the daemon.
///
/// In come a provider's settings; out goes the protocol that `export` sends by.
@NullMarked
package io.sidetrace.sidecar.export.xray;

import org.jspecify.annotations.NullMarked;
