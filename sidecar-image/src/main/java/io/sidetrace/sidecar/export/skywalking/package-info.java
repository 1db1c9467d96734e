/// Spans as SkyWalking's segments, over gRPC.
///
/// In come a provider's settings; out goes the protocol that `export` sends by. Each span is a
/// segment of its own.
@NullMarked
package io.sidetrace.sidecar.export.skywalking;

import org.jspecify.annotations.NullMarked;
