package io.sidetrace.sidecar.tracing;

import io.sidetrace.sidecar.format.ExchangeFacts;
import org.jspecify.annotations.Nullable;

/// What tracing asks of a connection that has ended and was not HTTP.
///
/// @param transport `tls` or `tcp`
/// @param serverName the name that a TLS client asked for; null when none
/// @param originalDestination the `ip:port` that a redirected client meant; null for all others
/// @param facts all else, during the call only
public record TracedConnection(
    String transport,
    @Nullable String serverName,
    @Nullable String originalDestination,
    long durationMicros,
    ExchangeFacts facts) {}
