package io.sidetrace.sidecar.accept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.sidetrace.sidecar.accesslog.AccessLogs;
import io.sidetrace.sidecar.config.Detection;
import io.sidetrace.sidecar.config.HttpConnectionManager;
import io.sidetrace.sidecar.config.Listener;
import io.sidetrace.sidecar.config.Route;
import io.sidetrace.sidecar.config.SocketAddress;
import io.sidetrace.sidecar.config.TcpProxy;
import io.sidetrace.sidecar.config.TrafficDirection;
import io.sidetrace.sidecar.exchange.Counter;
import io.sidetrace.sidecar.exchange.Exchanges;
import io.sidetrace.sidecar.exchange.TracingFactory;
import io.sidetrace.sidecar.intercept.NetfilterDestination;
import io.sidetrace.sidecar.tracing.ConnectionTracer;
import io.sidetrace.sidecar.tracing.RequestTracer;
import io.sidetrace.sidecar.tracing.RouteOverride;
import io.sidetrace.sidecar.upstream.Clusters;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AcceptorTest {
  private final MultiThreadIoEventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  private final Clusters clusters = new Clusters();
  private final Exchanges exchanges =
      new Exchanges(loops, clusters, new Untraced(), new AccessLogs(), new NetfilterDestination());
  private final Acceptor acceptor = new Acceptor(loops, exchanges);

  @AfterEach
  void close() {
    acceptor.close();
    clusters.close();
    loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
  }

  /// Nothing redirects these connections, so each is closed and counted: were the wrong family's
  /// option asked, this would have to hold all the same.
  @Test
  void wildcardsOfBothFamilies_areServedOnOnePort() throws IOException {
    assumeTrue(hasIpv6(), "the host has no IPv6");
    int port = freePort();

    assertThat(acceptor.apply(List.of(listener(port, "0.0.0.0", "::")))).isEmpty();

    assertThat(acceptor.addresses("listener"))
        .containsExactlyInAnyOrder(address("0.0.0.0", port), address("::", port));
    assertThat(isServed("127.0.0.1", port)).isTrue();
    assertThat(isServed("::1", port)).isTrue();
    assertThat(exchanges.counters().get(Counter.CONNECTIONS_WITHOUT_DESTINATION)).isEqualTo(2);
  }

  @Test
  void addressThatIsNoLongerWanted_isUnbound() throws IOException {
    int before = freePort();
    int after = freePort();
    acceptor.apply(List.of(listener(before, "127.0.0.1")));
    acceptor.apply(List.of(listener(after, "127.0.0.1")));

    assertThat(acceptor.addresses("listener")).containsExactly(address("127.0.0.1", after));
    assertThat(isServed("127.0.0.1", after)).isTrue();
  }

  @Test
  void addressThatIsTaken_isToldWithItsReason() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      List<Unbound> unbound = acceptor.apply(List.of(listener(taken.getLocalPort(), "127.0.0.1")));

      assertThat(unbound).hasSize(1);
      assertThat(unbound.getFirst().spared()).isFalse();
      assertThat(unbound.getFirst().message())
          .startsWith("listener listener: 127.0.0.1:" + taken.getLocalPort() + ": bind(");
    }
  }

  /// Whether somebody accepts there and closes what was not redirected.
  private static boolean isServed(String address, int port) throws IOException {
    try (var socket = new Socket(InetAddress.ofLiteral(address), port)) {
      socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(10));
      return socket.getInputStream().read() < 0;
    }
  }

  private static InetSocketAddress address(String address, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), port);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static boolean hasIpv6() {
    try (var _ = new ServerSocket(0, 1, InetAddress.ofLiteral("::1"))) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static Listener listener(int port, String... addresses) {
    return new Listener(
        "listener",
        Arrays.stream(addresses).map(address -> new SocketAddress(address, port)).toList(),
        TrafficDirection.INBOUND,
        true,
        Detection.NONE,
        Duration.ZERO,
        null,
        new TcpProxy("tcp", "none"));
  }

  private static final class Untraced implements TracingFactory {
    @Override
    public @Nullable RequestTracer tracer(
        HttpConnectionManager http, Listener listener, EventLoop loop) {
      return null;
    }

    @Override
    public @Nullable RequestTracer rehearsal(HttpConnectionManager http, Listener listener) {
      return null;
    }

    @Override
    public @Nullable ConnectionTracer connectionTracer(Listener listener, EventLoop loop) {
      return null;
    }

    @Override
    public @Nullable RouteOverride override(Route route) {
      return null;
    }
  }
}
