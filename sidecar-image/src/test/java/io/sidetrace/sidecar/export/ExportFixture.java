package io.sidetrace.sidecar.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.sidetrace.sidecar.config.ClusterDefinition;
import io.sidetrace.sidecar.config.ClusterDefinition.Type;
import io.sidetrace.sidecar.config.Configuration;
import io.sidetrace.sidecar.config.ContextPropagation;
import io.sidetrace.sidecar.config.Detection;
import io.sidetrace.sidecar.config.HttpConnectionManager;
import io.sidetrace.sidecar.config.HttpTracing;
import io.sidetrace.sidecar.config.Listener;
import io.sidetrace.sidecar.config.Node;
import io.sidetrace.sidecar.config.SamplingBounds;
import io.sidetrace.sidecar.config.SamplingPercentages;
import io.sidetrace.sidecar.config.SocketAddress;
import io.sidetrace.sidecar.config.SpanNames;
import io.sidetrace.sidecar.config.TracingAdditions;
import io.sidetrace.sidecar.config.TrafficDirection;
import io.sidetrace.sidecar.config.provider.CollectorOptions;
import io.sidetrace.sidecar.config.provider.Datadog;
import io.sidetrace.sidecar.config.provider.Lightstep;
import io.sidetrace.sidecar.config.provider.OpenTelemetry;
import io.sidetrace.sidecar.config.provider.Provider;
import io.sidetrace.sidecar.config.provider.SkyWalking;
import io.sidetrace.sidecar.config.provider.XRay;
import io.sidetrace.sidecar.config.provider.Zipkin;
import io.sidetrace.sidecar.export.datadog.DatadogProtocol;
import io.sidetrace.sidecar.export.grpc.GrpcCollector;
import io.sidetrace.sidecar.export.otlp.OtlpProtocol;
import io.sidetrace.sidecar.export.skywalking.SkyWalkingProtocol;
import io.sidetrace.sidecar.export.xray.XRayProtocol;
import io.sidetrace.sidecar.export.zipkin.ZipkinProtocol;
import io.sidetrace.sidecar.report.ReportSnapshot;
import io.sidetrace.sidecar.trace.Dialect.TraceIds;
import io.sidetrace.sidecar.trace.Sampling;
import io.sidetrace.sidecar.trace.Span;
import io.sidetrace.sidecar.trace.SpanSink;
import io.sidetrace.sidecar.trace.TraceContext;
import io.sidetrace.sidecar.trace.TraceId;
import io.sidetrace.sidecar.upstream.Clusters;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Exporters on real event loops, as the composition root makes them, but for a shorter timeout.
final class ExportFixture implements AutoCloseable {
  static final Node NODE = new Node("pod.namespace", "service1", "");
  static final Duration TIMEOUT = Duration.ofMillis(300);

  /// Of the tests by gRPC most want an answer, which a busy machine gives late.
  static final Duration GRPC_TIMEOUT = Duration.ofMillis(1_500);

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  final MultiThreadIoEventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(2, EpollIoHandler.newFactory());
  final List<EventLoop> all = List.of(loops.next(), loops.next());
  final Clusters clusters = new Clusters();
  final Exporters exporters = new Exporters(all.getFirst(), clusters, ExportFixture::impatient);
  private final List<ClusterDefinition> definitions = new ArrayList<>();
  private CollectorOptions options = CollectorOptions.NONE;
  private int lastId;

  private static Protocol impatient(Provider provider, Node node) {
    Protocol usual =
        switch (provider) {
          case Datadog datadog -> DatadogProtocol.of(datadog, node, "test");
          case Lightstep lightstep -> OtlpProtocol.of(lightstep, node, "1");
          case OpenTelemetry otlp -> OtlpProtocol.of(otlp, node, "1");
          case SkyWalking skyWalking -> SkyWalkingProtocol.of(skyWalking, node);
          case XRay xray -> XRayProtocol.of(xray, node);
          case Zipkin zipkin -> ZipkinProtocol.of(zipkin, node, InetAddress.ofLiteral("10.1.2.3"));
        };
    return switch (usual) {
      case HttpCollector http ->
          new HttpCollector(
              http.cluster(), http.host(), http.path(), TIMEOUT, http.fields(), http.encoder());
      case GrpcCollector grpc ->
          new GrpcCollector(
              grpc.cluster(),
              grpc.authority(),
              grpc.path(),
              GRPC_TIMEOUT,
              grpc.metadata(),
              grpc.encoder());
      default -> usual;
    };
  }

  /// Defines one more cluster, of loopback ports.
  ExportFixture cluster(String name, Integer... ports) {
    List<SocketAddress> endpoints =
        Stream.of(ports).map(port -> new SocketAddress("127.0.0.1", port)).toList();
    definitions.add(new ClusterDefinition(name, Type.STATIC, Duration.ofMillis(300), endpoints));
    clusters.apply(definitions);
    return this;
  }

  /// Defines a cluster anew.
  ExportFixture redefine(String name, Integer... ports) {
    definitions.removeIf(definition -> definition.name().equals(name));
    return cluster(name, ports);
  }

  /// Defines one more cluster.
  ExportFixture cluster(ClusterDefinition definition) {
    definitions.add(definition);
    clusters.apply(definitions);
    return this;
  }

  static Provider zipkin(String cluster) {
    return new Zipkin(
        cluster, "/api/v2/spans", "", Zipkin.Version.HTTP_JSON, TraceIds.ROOT_SPAN_128, false);
  }

  /// Asks that of sending, from the next configuration on.
  ExportFixture with(CollectorOptions options) {
    this.options = options;
    return this;
  }

  /// Defines one more cluster of HTTP/2, of loopback ports.
  ExportFixture http2Cluster(String name, Integer... ports) {
    List<SocketAddress> endpoints =
        Stream.of(ports).map(port -> new SocketAddress("127.0.0.1", port)).toList();
    return cluster(
        new ClusterDefinition(
            name,
            Type.STATIC,
            Duration.ofMillis(300),
            endpoints,
            ClusterDefinition.DnsLookupFamily.AUTO,
            null,
            ClusterDefinition.Http.HTTP2));
  }

  /// Puts a configuration into force whose one listener traces to that provider.
  ExportFixture apply(Provider provider) {
    HttpTracing tracing =
        new HttpTracing(
            SamplingPercentages.ALL,
            List.of(),
            List.of(),
            false,
            256,
            false,
            true,
            provider,
            SpanNames.NONE,
            new TracingAdditions(
                new ContextPropagation(
                    provider.dialect().extract(), provider.dialect().inject(), true),
                SamplingBounds.NONE,
                options));
    HttpConnectionManager http =
        new HttpConnectionManager(
            "ingress",
            List.of(),
            new HttpConnectionManager.RequestIds(true, true, false, false, true, false, List.of()),
            HttpConnectionManager.ServerHeader.PASS_THROUGH,
            "envoy",
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            60,
            tracing);
    Listener listener =
        new Listener(
            "inbound",
            List.of(new SocketAddress("0.0.0.0", 15006)),
            TrafficDirection.INBOUND,
            true,
            Detection.HTTP1,
            Duration.ZERO,
            http,
            null);
    exporters.apply(new Configuration("1", List.of(listener), definitions), NODE);
    return this;
  }

  /// Offers that many spans, half on each loop, and waits until they are offered.
  void offer(Provider provider, int spans) throws Exception {
    int first = lastId + 1;
    lastId += spans;
    for (int i = 0; i < all.size(); i++) {
      EventLoop loop = all.get(i);
      SpanSink sink = exporters.sink(provider, options, loop);
      int from = first + i * spans / 2;
      int to = first + (i + 1) * spans / 2;
      loop.submit(() -> offer(sink, from, to)).get();
    }
  }

  /// A sink on the first loop.
  SpanSink sink(Provider provider) {
    return exporters.sink(provider, options, all.getFirst());
  }

  /// Offers that many spans to a sink on the first loop.
  void offer(SpanSink sink, int spans) throws Exception {
    int first = lastId + 1;
    lastId += spans;
    all.getFirst().submit(() -> offer(sink, first, first + spans)).get();
  }

  private static void offer(SpanSink sink, int from, int to) {
    for (int id = from; id < to; id++) {
      sink.offer(
          new Span(
              new TraceContext(new TraceId(0, id), id, 0, Sampling.SAMPLED),
              Span.Kind.SERVER,
              false,
              "a",
              1_000,
              50,
              List.of(new Span.Tag("http.method", "GET")),
              List.of()));
    }
  }

  /// The account, which must balance.
  ReportSnapshot account() throws Exception {
    ReportSnapshot account = exporters.snapshot().toCompletableFuture().get(10, TimeUnit.SECONDS);
    assertThat(account.started())
        .isEqualTo(account.exported() + account.droppedTotal() + account.queued());
    return account;
  }

  /// Reads the account until it is as expected; each reading must balance.
  ReportSnapshot await(Predicate<ReportSnapshot> expected) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    ReportSnapshot account = account();
    while (!expected.test(account) && System.nanoTime() < deadline) {
      account = account();
    }
    assertThat(account).matches(expected);
    return account;
  }

  @Override
  public void close() {
    exporters.flush(Duration.ZERO).toCompletableFuture().join();
    clusters.close();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
