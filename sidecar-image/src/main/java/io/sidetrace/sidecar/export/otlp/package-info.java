/// Spans by the OpenTelemetry protocol (OTLP), over gRPC or over HTTP.
///
/// In come a provider's settings; out goes the protocol that `export` sends by. LightStep is spoken
/// to in the same language.
@NullMarked
package io.sidetrace.sidecar.export.otlp;

import org.jspecify.annotations.NullMarked;
