package io.sidetrace.sidecar.intercept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.RawUnixChannelOption;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NetfilterDestinationTest {
  private static final int IP = 0;
  private static final int IPV6 = 41;

  private final NetfilterDestination destination = new NetfilterDestination();

  @Test
  void ipv4_isReadFromTheKernelsStructure() {
    Channel connection = connection("10.0.0.1", IP, "0200 fffe c0a80102 0000000000000000");

    assertThat(destination.of(connection)).isEqualTo(new InetSocketAddress("192.168.1.2", 65534));
  }

  @Test
  void ipv6_isReadFromTheKernelsStructure() {
    Channel connection =
        connection("fd00::1", IPV6, "0a00 0050 00000000 fd000000000000000000000000000002 00000000");

    assertThat(destination.of(connection)).isEqualTo(new InetSocketAddress("fd00::2", 80));
  }

  @Test
  void ownPort_isNoDestination() {
    Channel connection = connection("10.0.0.1", IP, "0200 3a99 0a000001 0000000000000000");

    assertThat(destination.of(connection)).as("port 15001").isNull();
  }

  @Test
  void connectionThatWasNotRedirected_hasNone() {
    assertThat(destination.of(connection("10.0.0.1", IP, null))).isNull();
    assertThat(destination.of(new EmbeddedChannel())).as("no IP at all").isNull();
  }

  /// Asked of the kernel: whatever it knows of the connection, it was meant for where it came.
  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void loopbackConnection_hasNone(String text) throws Exception {
    InetAddress address = InetAddress.getByName(text);
    assumeThat(Epoll.isAvailable()).isTrue();
    assumeThat(NetworkInterface.getByInetAddress(address)).as("%s here", text).isNotNull();
    var group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    try {
      assertThat(answerFor(address, group)).isEqualTo("none");
    } finally {
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    }
  }

  private String answerFor(InetAddress address, MultiThreadIoEventLoopGroup group)
      throws Exception {
    var answer = new CompletableFuture<String>();
    var server = new ServerBootstrap().group(group).channel(EpollServerSocketChannel.class);
    server.childHandler(
        new ChannelInitializer<Channel>() {
          @Override
          protected void initChannel(Channel connection) {
            InetSocketAddress found = destination.of(connection);
            answer.complete(found == null ? "none" : found.toString());
          }
        });
    SocketAddress listening = server.bind(address, 0).sync().channel().localAddress();
    var client = new Bootstrap().group(group).channel(EpollSocketChannel.class);
    client.handler(new ChannelInboundHandlerAdapter()).connect(listening).sync();
    return answer.get(10, TimeUnit.SECONDS);
  }

  /// A connection that arrived at port 15001 of the address.
  ///
  /// @param level where the kernel answers
  /// @param answer what it fills in, in hexadecimal digits; null for ENOENT
  private static Channel connection(String local, int level, @Nullable String answer) {
    return new EmbeddedChannel() {
      @Override
      public ChannelConfig config() {
        return new FakeKernel(this, level, answer);
      }

      @Override
      public SocketAddress localAddress() {
        return new InetSocketAddress(local, 15001);
      }
    };
  }

  private static final class FakeKernel extends DefaultChannelConfig {
    private final int level;
    private final @Nullable String answer;

    FakeKernel(Channel channel, int level, @Nullable String answer) {
      super(channel);
      this.level = level;
      this.answer = answer;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> T getOption(ChannelOption<T> option) {
      if (!(option instanceof RawUnixChannelOption raw)) {
        return super.getOption(option);
      }
      assertThat(raw.level()).isEqualTo(level);
      assertThat(raw.optname()).as("SO_ORIGINAL_DST, IP6T_SO_ORIGINAL_DST").isEqualTo(80);
      if (answer == null) {
        throw new ChannelException("getsockopt: No such file or directory");
      }
      byte[] bytes = HexFormat.of().parseHex(answer.replace(" ", ""));
      assertThat(raw.length()).isEqualTo(bytes.length);
      return (T) ByteBuffer.wrap(bytes);
    }
  }
}
