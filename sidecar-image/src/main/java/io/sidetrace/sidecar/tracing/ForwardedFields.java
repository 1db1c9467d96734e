package io.sidetrace.sidecar.tracing;

import io.sidetrace.sidecar.propagation.HeaderReader;
import org.jspecify.annotations.Nullable;

/// The fields of a request that custom tags may name: Envoy's pseudo-fields too, and the identifier
/// that goes upstream instead of the one that came.
record ForwardedFields(TracedRequest request, String requestId) implements HeaderReader {

  @Override
  public @Nullable String first(String name) {
    return switch (name) {
      case ":authority" -> request.authority();
      case ":method" -> request.method();
      case ":path" -> request.path();
      case Headers.REQUEST_ID -> requestId.isEmpty() ? null : requestId;
      default -> request.first(name);
    };
  }
}
