package io.sidetrace.sidecar.exchange;

import io.netty.channel.EventLoop;
import io.sidetrace.sidecar.accesslog.AccessLogger;
import io.sidetrace.sidecar.accesslog.AccessLogs;
import io.sidetrace.sidecar.config.Detection;
import io.sidetrace.sidecar.config.HttpConnectionManager;
import io.sidetrace.sidecar.config.Listener;
import io.sidetrace.sidecar.config.TcpProxy;
import io.sidetrace.sidecar.tracing.ConnectionTracer;
import io.sidetrace.sidecar.tracing.RequestTracer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a listener does under one configuration, on one event loop, ready for use per request.
/// Immutable, but for the tracers, which are confined to that loop.
///
/// @param http null when no connection is served as HTTP
/// @param tcpLog logs all other connections
/// @param connectionTracer makes spans of them; null: they make none
record ListenerBehaviour(
    Listener listener,
    @Nullable Http http,
    AccessLogger tcpLog,
    @Nullable ConnectionTracer connectionTracer) {

  static ListenerBehaviour of(
      Listener listener, TracingFactory tracing, AccessLogs logs, EventLoop loop) {
    HttpConnectionManager http = listener.http();
    TcpProxy tcp = listener.tcp();
    return new ListenerBehaviour(
        listener,
        http == null
            ? null
            : Http.of(
                http,
                tracing.tracer(http, listener, loop),
                tracing,
                logs.logger(http.accessLogs())),
        logs.logger(tcp == null ? List.of() : tcp.accessLogs()),
        tracing.connectionTracer(listener, loop));
  }

  /// Whether first bytes decide what a connection is.
  boolean detects() {
    return listener.detection() != Detection.NONE && http != null && listener.tcp() != null;
  }

  /// Whether a connection that is not HTTP is told so, as there is nothing else to do with it.
  boolean servesOnlyHttp() {
    return http != null && listener.tcp() == null;
  }

  /// Whether HTTP/2 with prior knowledge is served as HTTP.
  boolean servesHttp2() {
    return http != null && listener.detection() == Detection.HTTP1_AND_HTTP2;
  }

  /// The cluster that HTTP/2 connections of a gateway may go to, if it speaks that; null where
  /// there is no gateway, or its routes name several.
  @Nullable String gatewayCluster() {
    if (http == null || listener.tcp() != null || listener.originalDestination()) {
      return null;
    }
    return http.onlyCluster();
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
  /// @param onlyCluster the cluster that all routes name; null where they name several
  /// @param needs what the formats in force here ask of heads
  record Http(
      HttpConnectionManager settings,
      RouteTable routes,
      @Nullable String onlyCluster,
      TimeLimits limits,
      @Nullable RequestTracer tracer,
      AccessLogger accessLog,
      FormatNeeds needs) {
    private static final int KIBIBYTE = 1024;

    static Http of(
        HttpConnectionManager http,
        @Nullable RequestTracer tracer,
        TracingFactory tracing,
        AccessLogger accessLog) {
      RouteTable routes = RouteTable.of(http.virtualHosts(), tracing::override);
      return new Http(
          http,
          routes,
          routes.onlyCluster(),
          TimeLimits.of(http, routes),
          tracer,
          accessLog,
          FormatNeeds.of(http, accessLog));
    }

    int headLimit() {
      return settings.maxRequestHeadersKb() * KIBIBYTE;
    }
  }
}
