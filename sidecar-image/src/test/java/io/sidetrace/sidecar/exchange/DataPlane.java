package io.sidetrace.sidecar.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.sidetrace.sidecar.accept.Acceptor;
import io.sidetrace.sidecar.accesslog.AccessLogs;
import io.sidetrace.sidecar.config.ClusterDefinition;
import io.sidetrace.sidecar.config.HttpConnectionManager;
import io.sidetrace.sidecar.config.Listener;
import io.sidetrace.sidecar.config.Route;
import io.sidetrace.sidecar.config.provider.Zipkin;
import io.sidetrace.sidecar.intercept.OriginalDestination;
import io.sidetrace.sidecar.propagation.MalformedContexts;
import io.sidetrace.sidecar.propagation.Propagation;
import io.sidetrace.sidecar.sampling.SamplingShares;
import io.sidetrace.sidecar.trace.Dialect;
import io.sidetrace.sidecar.trace.Dialect.TraceIds;
import io.sidetrace.sidecar.trace.Span;
import io.sidetrace.sidecar.trace.SpanSink;
import io.sidetrace.sidecar.tracing.ConnectionTracer;
import io.sidetrace.sidecar.tracing.RequestTracer;
import io.sidetrace.sidecar.tracing.RouteOverride;
import io.sidetrace.sidecar.tracing.SpanNames;
import io.sidetrace.sidecar.tracing.TracerSources;
import io.sidetrace.sidecar.tracing.TracingSettings;
import io.sidetrace.sidecar.upstream.Clusters;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The whole data plane on loopback, with one event loop, as the composition root wires it.
final class DataPlane implements AutoCloseable {
  final MultiThreadIoEventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  final Clusters clusters = new Clusters();
  final List<Span> spans = new CopyOnWriteArrayList<>();
  final AccessLogs logs = new AccessLogs();
  final Exchanges exchanges;
  final Acceptor acceptor;
  volatile OriginalDestination originalDestination = channel -> null;
  volatile SpanSink sink = spans::add;

  /// Of tracers that are made from now on.
  volatile SamplingShares shares = SamplingShares.ALL;

  /// Of connections that are not HTTP.
  volatile RandomGenerator random = new SplittableRandom(7);

  volatile SamplingShares connectionShares = SamplingShares.ALL;

  private String listener = "";

  private DataPlane() {
    exchanges =
        new Exchanges(
            loops, clusters, new Tracing(), logs, channel -> originalDestination.of(channel));
    acceptor = new Acceptor(loops, exchanges);
  }

  /// Redirected connections, all meant for `destination`.
  static DataPlane transparent(InetSocketAddress destination) {
    return transparent(destination, Configurations.transparent());
  }

  static DataPlane transparent(InetSocketAddress destination, Listener listener) {
    DataPlane plane = new DataPlane();
    plane.originalDestination = channel -> destination;
    plane.configure(List.of(Configurations.originalDestination()), listener);
    return plane;
  }

  /// A gateway with one cluster per definition.
  static DataPlane gateway(List<ClusterDefinition> clusters, List<Route> routes) {
    DataPlane plane = new DataPlane();
    plane.configure(clusters, Configurations.gateway(routes));
    return plane;
  }

  static DataPlane of(List<ClusterDefinition> clusters, Listener listener) {
    DataPlane plane = new DataPlane();
    plane.configure(clusters, listener);
    return plane;
  }

  void configure(List<ClusterDefinition> definitions, Listener wanted) {
    clusters.apply(definitions);
    assertThat(acceptor.apply(List.of(wanted))).isEmpty();
    // A loop accepts before it runs tasks: what was told to it holds from here on.
    loops.forEach(loop -> loop.submit(() -> {}).syncUninterruptibly());
    listener = wanted.name();
  }

  /// Until all that the loop was told so far is done.
  void awaitTasks() {
    loops.next().submit(() -> {}).syncUninterruptibly();
  }

  InetSocketAddress address() {
    return acceptor.addresses(listener).getFirst();
  }

  /// The pod ends, its application not yet. The loops know when this returns.
  void leave() {
    acceptor.leave();
    loops.forEach(loop -> loop.submit(() -> {}).syncUninterruptibly());
  }

  /// @return whether all connections ended
  boolean drain(Duration limit) {
    try {
      return acceptor.drain(limit);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  Peer connect() {
    return Peer.connect(address());
  }

  long count(Counter counter) {
    return exchanges.counters().get(counter);
  }

  /// The one span that was made, once it is there.
  Span awaitSpan() {
    await(() -> !spans.isEmpty());
    assertThat(spans).hasSize(1);
    return spans.getFirst();
  }

  static String tag(Span span, String key) {
    return span.tags().stream()
        .filter(tag -> tag.key().equals(key))
        .map(Span.Tag::value)
        .findFirst()
        .orElse("");
  }

  /// The headers that may be added to a request, or to a response, taken out again.
  static String withoutAdded(String head) {
    return head.replaceAll("(x-request-id|x-b3-[a-z]+|x-envoy-[a-z-]+): [^\r]*\r\n", "");
  }

  /// Lets time pass where it is what the test is about.
  static void pause(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    await(() -> System.nanoTime() - end >= 0);
  }

  static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Peer.TIMEOUT_MILLIS);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("awaited in vain").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    acceptor.close();
    clusters.close();
    loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    try {
      logs.close(Duration.ofMillis(Peer.TIMEOUT_MILLIS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  final class Tracing implements TracingFactory {
    private static final Dialect DIALECT =
        new Zipkin("", "", "", Zipkin.Version.HTTP_JSON, TraceIds.ROOT_SPAN_64, false).dialect();

    @Override
    public @Nullable RequestTracer tracer(
        HttpConnectionManager http, Listener listener, EventLoop loop) {
      return tracer(http, new MalformedContexts(), span -> sink.offer(span));
    }

    @Override
    public @Nullable RequestTracer rehearsal(HttpConnectionManager http, Listener listener) {
      return tracer(http, new MalformedContexts(), span -> {});
    }

    private @Nullable RequestTracer tracer(
        HttpConnectionManager http, MalformedContexts malformed, SpanSink to) {
      if (http.tracing() == null) {
        return null;
      }
      return new RequestTracer(
          new TracingSettings(TracingSettings.RequestIds.DEFAULTS, settings(shares)),
          Propagation.of(DIALECT.extract(), DIALECT.inject(), malformed),
          to,
          TracerSources.system());
    }

    @Override
    public @Nullable ConnectionTracer connectionTracer(Listener listener, EventLoop loop) {
      return listener.connectionTracing() == null
          ? null
          : new ConnectionTracer(settings(connectionShares), random, span -> sink.offer(span));
    }

    private static TracingSettings.Spans settings(SamplingShares shares) {
      return new TracingSettings.Spans(
          TracingSettings.Direction.INBOUND,
          shares,
          List.of(),
          fields -> false,
          "node",
          "",
          256,
          false,
          DIALECT,
          false,
          SpanNames.NONE);
    }

    @Override
    public @Nullable RouteOverride override(Route route) {
      return null;
    }
  }
}
