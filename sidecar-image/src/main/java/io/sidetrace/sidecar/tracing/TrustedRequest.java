package io.sidetrace.sidecar.tracing;

import io.sidetrace.sidecar.propagation.HeaderWriter;
import io.sidetrace.sidecar.tracing.TracingSettings.RequestIds;
import org.jspecify.annotations.Nullable;

/// A request without the control fields that its sender has no right to, which go no further
/// either.
///
/// Envoy 1.40 takes nothing for internal unless told so: `x-envoy-force-trace` is never honoured,
/// and at the edge neither is what a sender says of itself.
record TrustedRequest(TracedRequest head, boolean edge) {

  static TrustedRequest of(TracedRequest request, RequestIds settings, HeaderWriter upstream) {
    boolean edge = settings.useRemoteAddress();
    strip(Headers.FORCE_TRACE, request, upstream);
    if (edge) {
      strip(Headers.DECORATOR_OPERATION, request, upstream);
      strip(Headers.DOWNSTREAM_CLUSTER, request, upstream);
      strip(Headers.DOWNSTREAM_NODE, request, upstream);
    }
    return new TrustedRequest(request, edge);
  }

  @Nullable String decoratorOperation() {
    return edge ? null : head.first(Headers.DECORATOR_OPERATION);
  }

  @Nullable String downstreamCluster() {
    return edge ? null : head.first(Headers.DOWNSTREAM_CLUSTER);
  }

  private static void strip(String name, TracedRequest request, HeaderWriter upstream) {
    if (request.first(name) != null) {
      upstream.remove(name);
    }
  }
}
