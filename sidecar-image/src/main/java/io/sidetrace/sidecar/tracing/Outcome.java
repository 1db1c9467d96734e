package io.sidetrace.sidecar.tracing;

import io.sidetrace.sidecar.format.ExchangeFacts;

/// How an exchange ended.
///
/// @param status the response's code; 0 when there was no response
/// @param requestBytes bytes of the request's body
/// @param responseBytes bytes of the response's body
/// @param responseFlags Envoy's letters for what went wrong (`UF`, `UC`, `DC`, …), or `-`
/// @param upstreamCluster the cluster that the route named; empty when none was reached
/// @param upstreamAddress `ip:port` of the endpoint; empty when none was reached
/// @param facts all else that format strings may ask of the exchange, during the call only
public record Outcome(
    int status,
    long requestBytes,
    long responseBytes,
    String responseFlags,
    String upstreamCluster,
    String upstreamAddress,
    ExchangeFacts facts) {}
