package io.sidetrace.sidecar.exchange;

import io.netty.channel.EventLoop;
import io.sidetrace.sidecar.config.Detection;
import io.sidetrace.sidecar.config.HttpConnectionManager;
import io.sidetrace.sidecar.config.Listener;
import io.sidetrace.sidecar.tracing.RequestTracer;
import org.jspecify.annotations.Nullable;

/// What a listener does under one configuration, on one event loop, ready for use per request.
/// Immutable, but for the tracer, which is confined to that loop.
///
/// @param http null when no connection is served as HTTP
record ListenerBehaviour(Listener listener, @Nullable Http http) {

  static ListenerBehaviour of(Listener listener, TracingFactory tracing, EventLoop loop) {
    HttpConnectionManager http = listener.http();
    return new ListenerBehaviour(
        listener, http == null ? null : Http.of(http, listener, tracing, loop));
  }

  /// Whether first bytes decide what a connection is.
  boolean detects() {
    return listener.detection() != Detection.NONE && http != null && listener.tcp() != null;
  }

  /// Whether HTTP/2 with prior knowledge is served as HTTP.
  boolean servesHttp2() {
    return http != null && listener.detection() == Detection.HTTP1_AND_HTTP2;
  }

  /// The cluster that connections to their original destination belong to, before any request says
  /// more; null when there is none.
  @Nullable String earlyCluster() {
    if (!listener.originalDestination()) {
      return null;
    }
    if (listener.tcp() != null) {
      return listener.tcp().cluster();
    }
    return http == null ? null : http.routes().anyCluster();
  }

  /// How requests are served.
  ///
  /// @param tracer null: requests pass untraced
  record Http(HttpConnectionManager settings, RouteTable routes, @Nullable RequestTracer tracer) {
    private static final int KIBIBYTE = 1024;

    static Http of(
        HttpConnectionManager http, Listener listener, TracingFactory tracing, EventLoop loop) {
      return new Http(
          http,
          RouteTable.of(http.virtualHosts(), tracing::override),
          tracing.tracer(http, listener, loop));
    }

    int headLimit() {
      return settings.maxRequestHeadersKb() * KIBIBYTE;
    }
  }
}
