/// Spans to collectors that take datagrams.
///
/// In come batches of `report`; out go datagrams, one for each span, no faster than a receiver's
/// buffer holds them.
@NullMarked
package io.sidetrace.sidecar.export.udp;

import org.jspecify.annotations.NullMarked;
