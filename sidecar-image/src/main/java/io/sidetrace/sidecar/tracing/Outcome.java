package io.sidetrace.sidecar.tracing;

import io.sidetrace.sidecar.format.ExchangeFacts;
import org.jspecify.annotations.Nullable;

/// How an exchange ended.
///
/// @param status the response's code; 0 when there was no response
/// @param requestBytes bytes of the request's body
/// @param responseBytes bytes of the response's body
/// @param responseFlags Envoy's letters for what went wrong (`UF`, `UC`, `DC`, …), or `-`
/// @param upstreamCluster the cluster that the route named; empty when none was reached
/// @param attempt the request to the upstream; null when none was made
/// @param facts all else that format strings may ask of the exchange, during the call only
public record Outcome(
    int status,
    long requestBytes,
    long responseBytes,
    String responseFlags,
    String upstreamCluster,
    @Nullable Attempt attempt,
    ExchangeFacts facts) {

  /// A request to the upstream.
  ///
  /// @param address `ip:port` of the endpoint
  public record Attempt(String address, End end) {}

  /// How an attempt ended.
  public sealed interface End {

    /// The upstream's own status, with all of the answer.
    record Answered(int status) implements End {}

    /// There was never a connection; the reason in Envoy's words.
    record NotConnected(String reason) implements End {}

    /// The connection ended before the answer had; the reason in Envoy's words.
    ///
    /// @param status 0: it had not begun
    record Lost(int status, String reason) implements End {}

    /// Nobody waited for the rest of the answer any longer.
    ///
    /// @param status 0: it had not begun
    record Canceled(int status) implements End {}

    /// The upstream's own status, as far as there is one; else 0.
    default int upstreamStatus() {
      return switch (this) {
        case Answered(int status) -> status;
        case NotConnected _ -> 0;
        case Lost(int status, _) -> status;
        case Canceled(int status) -> status;
      };
    }
  }
}
