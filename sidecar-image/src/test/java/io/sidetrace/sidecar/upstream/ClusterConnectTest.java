package io.sidetrace.sidecar.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.Future;
import io.sidetrace.sidecar.config.ClusterDefinition;
import io.sidetrace.sidecar.config.ClusterDefinition.Type;
import io.sidetrace.sidecar.config.SocketAddress;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ClusterConnectTest {
  private static final EventLoopGroup LOOPS =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  private static final ChannelHandler NOTHING =
      new ChannelInboundHandlerAdapter() {
        @Override
        public boolean isSharable() {
          return true;
        }
      };

  @AfterAll
  static void stopLoops() {
    LOOPS.shutdownGracefully().syncUninterruptibly();
  }

  @Test
  void connect_handsOverASilentChannelOnTheLoopAskedFor() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Cluster cluster = cluster(server.getLocalPort());
      InetSocketAddress endpoint = Objects.requireNonNull(cluster.pick());

      Channel channel = cluster.connect(LOOPS.next(), endpoint, NOTHING).get();

      assertThat(channel.remoteAddress()).isEqualTo(endpoint);
      assertThat(channel.config().isAutoRead()).isFalse();
      assertThat(channel.config().getOption(ChannelOption.TCP_NODELAY)).isTrue();
      assertThat(channel.config().getConnectTimeoutMillis()).isEqualTo(1_000);
      channel.close().sync();
    }
  }

  @Test
  void connect_failsWhereNobodyListens() throws Exception {
    int port = unusedPort();
    Cluster cluster = cluster(port);

    Future<Channel> connecting =
        cluster.connect(LOOPS.next(), Objects.requireNonNull(cluster.pick()), NOTHING).await();

    assertThat(connecting.cause()).isInstanceOf(ConnectException.class);
  }

  private static int unusedPort() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return server.getLocalPort();
    }
  }

  private static Cluster cluster(int port) {
    ClusterDefinition definition =
        new ClusterDefinition(
            "a", Type.STATIC, Duration.ofSeconds(1), List.of(new SocketAddress("127.0.0.1", port)));
    return new Cluster(definition, new FakeResolver(), List.of(), new LongAdder());
  }
}
