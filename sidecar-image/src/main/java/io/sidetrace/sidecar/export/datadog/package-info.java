/// Spans for a Datadog agent: chunks of traces in MessagePack, by HTTP.
///
/// In come a provider's settings; out goes the protocol that `export` sends by.
@NullMarked
package io.sidetrace.sidecar.export.datadog;

import org.jspecify.annotations.NullMarked;
