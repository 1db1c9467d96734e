/// Envoy's format strings (`%REQ(USER-AGENT)% took %DURATION%`): parsed once, when a configuration
/// is read, and written as often as there are exchanges.
///
/// [io.sidetrace.sidecar.format.Format] and [io.sidetrace.sidecar.format.JsonFormat] come from
/// `config`; `exchange`, `accesslog` and `tracing` write them, for what an
/// [io.sidetrace.sidecar.format.ExchangeFacts] knows. Texts are octets as they stand in heads, one
/// a character.
@NullMarked
package io.sidetrace.sidecar.format;

import org.jspecify.annotations.NullMarked;
