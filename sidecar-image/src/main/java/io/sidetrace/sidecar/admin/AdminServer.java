package io.sidetrace.sidecar.admin;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.sidetrace.sidecar.config.SocketAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/// One port that answers. Thread-safe; requests are served on the event loop that it was given, and
/// opening and closing wait for that loop, so neither may be done on it.
public final class AdminServer implements AutoCloseable {
  /// A client that has not sent its request by then is gone, or means no good.
  private static final int REQUEST_SECONDS = 10;

  /// Binding and closing take no time; this only keeps a start from hanging for ever.
  private static final long BIND_SECONDS = 10;

  private final Channel channel;

  private AdminServer(Channel channel) {
    this.channel = channel;
  }

  /// Opens Envoy's admin port.
  ///
  /// @throws IOException when the address cannot be bound, which the message names
  public static AdminServer admin(EventLoop loop, SocketAddress address, SidecarState state)
      throws IOException {
    return bind(
        loop, new InetSocketAddress(address.address(), address.port()), AdminPorts.admin(state));
  }

  /// Opens the status port on all addresses: those of both families where the node has IPv6, else
  /// those of IPv4.
  ///
  /// @throws IOException when the port cannot be bound
  public static AdminServer status(EventLoop loop, int port, SidecarState state)
      throws IOException {
    Endpoints endpoints = AdminPorts.status(state);
    try {
      return bind(loop, new InetSocketAddress("::", port), endpoints);
    } catch (IOException e) {
      return bind(loop, new InetSocketAddress("0.0.0.0", port), endpoints);
    }
  }

  private static AdminServer bind(EventLoop loop, InetSocketAddress address, Endpoints endpoints)
      throws IOException {
    ChannelFuture binding =
        new ServerBootstrap()
            .group(loop)
            .channel(EpollServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel connection) {
                    connection
                        .pipeline()
                        .addLast(
                            new HttpServerCodec(),
                            new ReadTimeoutHandler(REQUEST_SECONDS),
                            new RequestHandler(endpoints));
                  }
                })
            .bind(address);
    if (!binding.awaitUninterruptibly(BIND_SECONDS, TimeUnit.SECONDS) || !binding.isSuccess()) {
      binding.cancel(false);
      throw new IOException(
          "cannot listen on " + address + ": " + binding.cause(), binding.cause());
    }
    return new AdminServer(binding.channel());
  }

  /// Where it listens: the port that the system chose where 0 was asked for.
  public InetSocketAddress address() {
    return (InetSocketAddress) channel.localAddress();
  }

  /// Takes no further connections; answers under way are finished.
  @Override
  public void close() {
    channel.close().awaitUninterruptibly(BIND_SECONDS, TimeUnit.SECONDS);
  }
}
