package io.sidetrace.sidecar.tracing;

import io.sidetrace.sidecar.propagation.HeaderWriter;
import io.sidetrace.sidecar.tracing.TracingSettings.RequestIds;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A request without Envoy's control fields: those that its sender has no right to, and those that
/// end at the proxy that they are meant for.
record TrustedRequest(TracedRequest head, Origin origin) {
  /// For the proxy that the request goes by, whoever sends them.
  private static final List<String> FOR_THIS_PROXY =
      List.of(
          "x-envoy-hedge-on-per-try-timeout",
          "x-envoy-max-retries",
          "x-envoy-retriable-header-names",
          "x-envoy-retriable-status-codes",
          "x-envoy-retry-grpc-on",
          "x-envoy-retry-on",
          "x-envoy-upstream-alt-stat-name",
          "x-envoy-upstream-rq-per-try-timeout-ms",
          "x-envoy-upstream-rq-timeout-alt-response",
          "x-envoy-upstream-rq-timeout-ms");

  /// What only an internal sender may say.
  private static final List<String> INTERNAL =
      List.of(
          Headers.FORCE_TRACE,
          "x-envoy-expected-rq-timeout-ms",
          "x-envoy-internal",
          "x-envoy-ip-tags");

  /// What a client outside says of itself.
  private static final List<String> NOT_AT_THE_EDGE =
      List.of(
          Headers.DECORATOR_OPERATION,
          Headers.DOWNSTREAM_CLUSTER,
          Headers.DOWNSTREAM_NODE,
          "x-envoy-external-address",
          "x-envoy-original-host");

  static TrustedRequest of(TracedRequest request, RequestIds settings, HeaderWriter upstream) {
    Origin origin = Origin.of(request, settings);
    if (request.hasControlFields()) {
      strip(FOR_THIS_PROXY, request, upstream);
      if (origin != Origin.INTERNAL) {
        strip(INTERNAL, request, upstream);
      }
      if (origin == Origin.EDGE) {
        strip(NOT_AT_THE_EDGE, request, upstream);
      }
    }
    return new TrustedRequest(request, origin);
  }

  boolean isAtEdge() {
    return origin == Origin.EDGE;
  }

  @Nullable String decoratorOperation() {
    return isAtEdge() ? null : head.first(Headers.DECORATOR_OPERATION);
  }

  @Nullable String downstreamCluster() {
    return isAtEdge() ? null : head.first(Headers.DOWNSTREAM_CLUSTER);
  }

  @Nullable String forceTrace() {
    return origin == Origin.INTERNAL ? head.first(Headers.FORCE_TRACE) : null;
  }

  private static void strip(List<String> names, TracedRequest request, HeaderWriter upstream) {
    for (String name : names) {
      if (request.first(name) != null) {
        upstream.remove(name);
      }
    }
  }
}
