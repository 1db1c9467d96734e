package io.sidetrace.sidecar.tracing;

import io.sidetrace.sidecar.sampling.TraceReason;
import io.sidetrace.sidecar.tracing.TracingSettings.RequestIds;

/// Says which `x-request-id` a request goes on with. Event-loop confined, as its identifiers.
final class RequestIdentity {
  private final RequestIds settings;
  private final TraceReason.Packing packing;
  private final Ids ids;

  RequestIdentity(RequestIds settings, Ids ids) {
    this.settings = settings;
    this.packing = settings.packing();
    this.ids = ids;
  }

  /// What came, or a new identifier; empty for none.
  ///
  /// At the edge an identifier from outside is replaced, or kept without the sampling decision that
  /// it may claim.
  String identify(String received, TrustedRequest request) {
    if (!settings.generate()) {
      return received;
    }
    if (received.isEmpty()) {
      return ids.requestId();
    }
    if (!request.isAtEdge()) {
      return received;
    }
    return settings.preserveExternal() ? packing.erase(received) : ids.requestId();
  }

  /// The identifier that came; empty for none.
  static String received(TracedRequest request) {
    String received = request.joined(Headers.REQUEST_ID);
    return received == null ? "" : received;
  }
}
