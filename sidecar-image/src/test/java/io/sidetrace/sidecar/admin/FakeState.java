package io.sidetrace.sidecar.admin;

import io.netty.channel.EventLoop;
import io.sidetrace.sidecar.admin.SidecarSnapshot.ConfigState;
import io.sidetrace.sidecar.admin.SidecarSnapshot.Count;
import io.sidetrace.sidecar.admin.SidecarSnapshot.DecisionCount;
import io.sidetrace.sidecar.admin.SidecarSnapshot.MalformedCount;
import io.sidetrace.sidecar.admin.SidecarSnapshot.TracingCount;
import io.sidetrace.sidecar.config.ClusterDefinition;
import io.sidetrace.sidecar.config.Configuration;
import io.sidetrace.sidecar.config.Detection;
import io.sidetrace.sidecar.config.HttpConnectionManager;
import io.sidetrace.sidecar.config.HttpTracing;
import io.sidetrace.sidecar.config.Listener;
import io.sidetrace.sidecar.config.Node;
import io.sidetrace.sidecar.config.Route;
import io.sidetrace.sidecar.config.SamplingPercentages;
import io.sidetrace.sidecar.config.SocketAddress;
import io.sidetrace.sidecar.config.SpanNames;
import io.sidetrace.sidecar.config.TcpProxy;
import io.sidetrace.sidecar.config.TrafficDirection;
import io.sidetrace.sidecar.config.VirtualHost;
import io.sidetrace.sidecar.config.provider.Zipkin;
import io.sidetrace.sidecar.exchange.Rehearsal;
import io.sidetrace.sidecar.report.DropReason;
import io.sidetrace.sidecar.report.ReportSnapshot;
import io.sidetrace.sidecar.report.ReportSnapshot.LastExport;
import io.sidetrace.sidecar.trace.Dialect.TraceIds;
import io.sidetrace.sidecar.upstream.Clusters;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// A sidecar as a test wants it.
final class FakeState implements SidecarState {
  static final Configuration CONFIGURATION =
      new Configuration(
          "0123456789abcdef",
          List.of(listener()),
          List.of(
              new ClusterDefinition(
                  "zipkin",
                  ClusterDefinition.Type.STATIC,
                  Duration.ofMillis(1500),
                  List.of(new SocketAddress("127.0.0.1", 9411))),
              new ClusterDefinition(
                  "inbound",
                  ClusterDefinition.Type.ORIGINAL_DST,
                  Duration.ofSeconds(120),
                  List.of())));

  volatile Lifecycle lifecycle = Lifecycle.LIVE;
  volatile ConfigState config = new ConfigState.Applied(CONFIGURATION);
  volatile @Nullable LastExport lastExport;
  volatile Rehearsal.@Nullable Decided decided;
  volatile Rehearsal.@Nullable Request rehearsed;

  /// What snapshots wait for.
  volatile CompletableFuture<Void> reporter = CompletableFuture.completedFuture(null);

  @Override
  public Lifecycle lifecycle() {
    return lifecycle;
  }

  @Override
  public CompletionStage<SidecarSnapshot> snapshot() {
    return reporter.thenApply(ready -> make());
  }

  @Override
  public Rehearsal.@Nullable Decided rehearse(
      Listener listener, Rehearsal.Request request, EventLoop loop) {
    rehearsed = request;
    return decided;
  }

  @Override
  public void leave() {
    lifecycle = Lifecycle.DRAINING;
  }

  private SidecarSnapshot make() {
    var clusters = new Clusters();
    clusters.apply(CONFIGURATION.clusters());
    return new SidecarSnapshot(
        "0.1.0",
        new Node("pod.ns", "service1", "zone-1"),
        Duration.ofSeconds(42),
        config,
        "redirected",
        new ReportSnapshot(10, 5, 2, dropped(), lastExport),
        List.of(
            new Count("connections", 7),
            new Count("connections_active", 1),
            new Count("connections_without_destination", 3)),
        List.of(new MalformedCount("b3", "too_long", 4)),
        List.of(new TracingCount("ingress", "random_sampling", 9)),
        List.of(new DecisionCount("ingress", "rate_limited", 8)),
        List.copyOf(clusters.all()));
  }

  private static Map<DropReason, Long> dropped() {
    var dropped = new EnumMap<DropReason, Long>(DropReason.class);
    dropped.put(DropReason.QUEUE_FULL, 1L);
    dropped.put(DropReason.REJECTED, 2L);
    return dropped;
  }

  static LastExport ok() {
    return new LastExport(Instant.parse("2026-01-02T03:04:05Z"), "ok");
  }

  private static Listener listener() {
    return new Listener(
        "inbound",
        List.of(new SocketAddress("0.0.0.0", 15006), new SocketAddress("::", 15006)),
        TrafficDirection.INBOUND,
        true,
        Detection.HTTP1_AND_HTTP2,
        Duration.ZERO,
        http(),
        new TcpProxy("inbound", "inbound", Duration.ZERO, List.of(), true));
  }

  private static HttpConnectionManager http() {
    var route =
        new Route(
            new Route.PathMatch.Prefix("/"),
            List.of(
                new Route.HeaderMatch(
                    "user-agent", new Route.TextMatch.Prefix("kube-probe/"), false)),
            "inbound",
            Duration.ZERO,
            new Route.Decorator("checkStock", true),
            null);
    return new HttpConnectionManager(
        "inbound",
        List.of(new VirtualHost("all", List.of("*"), List.of(route))),
        new HttpConnectionManager.RequestIds(true, true, false, false, true, false, List.of()),
        HttpConnectionManager.ServerHeader.PASS_THROUGH,
        "envoy",
        Duration.ZERO,
        Duration.ZERO,
        Duration.ZERO,
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
                TraceIds.ROOT_SPAN_128,
                false),
            SpanNames.NONE));
  }
}
