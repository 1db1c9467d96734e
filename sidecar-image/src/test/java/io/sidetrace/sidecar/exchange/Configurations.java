package io.sidetrace.sidecar.exchange;

import io.sidetrace.sidecar.config.ClusterDefinition;
import io.sidetrace.sidecar.config.Detection;
import io.sidetrace.sidecar.config.HeaderMutations;
import io.sidetrace.sidecar.config.HttpConnectionManager;
import io.sidetrace.sidecar.config.HttpTracing;
import io.sidetrace.sidecar.config.Listener;
import io.sidetrace.sidecar.config.Route;
import io.sidetrace.sidecar.config.SamplingPercentages;
import io.sidetrace.sidecar.config.SocketAddress;
import io.sidetrace.sidecar.config.SpanNames;
import io.sidetrace.sidecar.config.TcpProxy;
import io.sidetrace.sidecar.config.TrafficDirection;
import io.sidetrace.sidecar.config.VirtualHost;
import io.sidetrace.sidecar.config.provider.Zipkin;
import io.sidetrace.sidecar.trace.Dialect.TraceIds;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/// Configurations as tests need them; port 0 everywhere.
final class Configurations {
  private Configurations() {}

  static ClusterDefinition originalDestination() {
    return new ClusterDefinition(
        "original", ClusterDefinition.Type.ORIGINAL_DST, Duration.ofSeconds(5), List.of());
  }

  static ClusterDefinition cluster(String name, InetSocketAddress... endpoints) {
    return new ClusterDefinition(
        name,
        ClusterDefinition.Type.STATIC,
        Duration.ofSeconds(5),
        Arrays.stream(endpoints)
            .map(to -> new SocketAddress(to.getAddress().getHostAddress(), to.getPort()))
            .toList());
  }

  static Route route(String prefix, String cluster) {
    return route(prefix, cluster, Duration.ZERO);
  }

  static Route route(String prefix, String cluster, Duration timeout) {
    return new Route(new Route.PathMatch.Prefix(prefix), List.of(), cluster, timeout, null, null);
  }

  /// Everything to the cluster, by a route of the name `all`.
  static Route all(String cluster, List<HeaderMutations> mutations) {
    return new Route(
        new Route.PathMatch.Prefix("/"),
        List.of(),
        cluster,
        Duration.ZERO,
        null,
        null,
        "all",
        mutations);
  }

  /// What the operator renders for an injected pod.
  static Listener transparent() {
    return transparent(List.of(route("/", "original")));
  }

  static Listener transparent(List<Route> routes) {
    HttpConnectionManager http = http(routes, HttpConnectionManager.ServerHeader.PASS_THROUGH);
    return listener(true, http, new TcpProxy("tcp", "original"));
  }

  static Listener gateway(List<Route> routes) {
    return gateway(http(routes, HttpConnectionManager.ServerHeader.OVERWRITE));
  }

  static Listener gateway(HttpConnectionManager http) {
    return new Listener(
        "listener",
        List.of(new SocketAddress("127.0.0.1", 0)),
        TrafficDirection.OUTBOUND,
        false,
        Detection.NONE,
        Duration.ZERO,
        http,
        null);
  }

  static Listener listener(boolean original, HttpConnectionManager http, TcpProxy tcp) {
    return new Listener(
        "listener",
        List.of(new SocketAddress("127.0.0.1", 0)),
        TrafficDirection.INBOUND,
        original,
        Detection.HTTP1_AND_HTTP2,
        Duration.ZERO,
        http,
        tcp);
  }

  static HttpConnectionManager http(List<Route> routes, HttpConnectionManager.ServerHeader server) {
    return http(routes, server, Duration.ZERO, Duration.ZERO, Duration.ZERO);
  }

  static HttpConnectionManager http(
      List<Route> routes,
      HttpConnectionManager.ServerHeader server,
      Duration idle,
      Duration streamIdle,
      Duration requestHeaders) {
    return new HttpConnectionManager(
        "test",
        List.of(new VirtualHost("all", List.of("*"), routes)),
        new HttpConnectionManager.RequestIds(true, true, false, true, true, false, List.of()),
        server,
        "envoy",
        idle,
        streamIdle,
        requestHeaders,
        256,
        new HttpTracing(
            SamplingPercentages.ALL,
            List.of(),
            List.of(),
            false,
            256,
            false,
            true,
            new Zipkin(
                "zipkin",
                "/api/v2/spans",
                "zipkin",
                Zipkin.Version.HTTP_JSON,
                TraceIds.ROOT_SPAN_64,
                false),
            SpanNames.NONE));
  }
}
