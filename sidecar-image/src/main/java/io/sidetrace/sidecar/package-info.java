/// Composition: [io.sidetrace.sidecar.Main] reads the command line, [io.sidetrace.sidecar.Sidecar]
/// puts the packages together and keeps the configuration in force.
///
/// ```
/// connection → accept → exchange ─ upstream → application or network
///                         │ intercept: where was it meant to go, what does it speak
///                         │ codec: heads by offset, bodies by length
///                         │ accesslog: a line per exchange, in a format
///                         ↓
///                       tracing ─ propagation, sampling
///                         ↓ finished spans
///                       report → export → upstream → collector
///
/// files → config → Sidecar → accept, upstream, export        admin ← kubelet, operator, Prometheus
/// ```
@NullMarked
package io.sidetrace.sidecar;

import org.jspecify.annotations.NullMarked;
