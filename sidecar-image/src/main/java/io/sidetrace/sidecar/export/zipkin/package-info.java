/// Spans for Zipkin, and for what speaks its API: JSON or Protocol Buffers of version 2, or JSON of
/// version 1 where the collector's path is the old one.
///
/// In come a provider's settings; out goes the protocol that `export` sends by.
@NullMarked
package io.sidetrace.sidecar.export.zipkin;

import org.jspecify.annotations.NullMarked;
