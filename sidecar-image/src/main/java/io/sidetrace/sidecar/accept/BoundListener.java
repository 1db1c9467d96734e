package io.sidetrace.sidecar.accept;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.sidetrace.sidecar.config.Listener;
import io.sidetrace.sidecar.config.SocketAddress;
import io.sidetrace.sidecar.exchange.ListenerService;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A listener's sockets and the service behind them. Guarded by its [Acceptor].
final class BoundListener {
  /// `IPV6_V6ONLY` at level SOL_IPV6: without it, `::` would also take the IPv4 port that `0.0.0.0`
  /// of the same listener holds. For the same reason IPv4 addresses have sockets of their own
  /// family: on one for both, Netty binds `0.0.0.0` as `::`.
  private static final IntegerUnixChannelOption IPV6_ONLY =
      new IntegerUnixChannelOption("IPV6_V6ONLY", 41, 26);

  /// Connections that the kernel may hold until we accept them; it caps this at `somaxconn`.
  private static final int BACKLOG = 4096;

  private final ListenerService service;
  private final ServerBootstrap bootstrap;
  private final Map<SocketAddress, Channel> sockets = new HashMap<>();

  BoundListener(ListenerService service, EventLoopGroup workers, ChannelGroup connections) {
    this.service = service;
    this.bootstrap =
        new ServerBootstrap()
            .group(workers)
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(new Initializer(service, connections));
  }

  ListenerService service() {
    return service;
  }

  List<InetSocketAddress> addresses() {
    return sockets.values().stream()
        .map(socket -> (InetSocketAddress) socket.localAddress())
        .toList();
  }

  /// Binds what the listener has and is not bound yet, and unbinds what it has no longer.
  List<Unbound> bind(Listener listener) {
    var gone = new HashSet<>(sockets.keySet());
    listener.addresses().forEach(gone::remove);
    gone.forEach(
        address -> Objects.requireNonNull(sockets.remove(address)).close().awaitUninterruptibly());
    Map<SocketAddress, String> failures = new HashMap<>();
    for (SocketAddress address : listener.addresses()) {
      if (!sockets.containsKey(address)) {
        bind(address, failures);
      }
    }
    List<Unbound> unbound = new ArrayList<>();
    failures.forEach((address, reason) -> {
      boolean spared = !sockets.isEmpty() && address.address().indexOf(':') >= 0;
      unbound.add(new Unbound(listener.name(), address, reason, spared));
    });
    return unbound;
  }

  private void bind(SocketAddress address, Map<SocketAddress, String> failures) {
    InetAddress ip;
    try {
      ip = InetAddress.ofLiteral(address.address());
    } catch (IllegalArgumentException e) {
      failures.put(address, "not an IP address");
      return;
    }
    ServerBootstrap own = bootstrap.clone();
    if (ip instanceof Inet6Address) {
      own.channelFactory(() -> new EpollServerSocketChannel(SocketProtocolFamily.INET6));
      own.option(IPV6_ONLY, 1);
    } else {
      own.channelFactory(() -> new EpollServerSocketChannel(SocketProtocolFamily.INET));
    }
    ChannelFuture binding =
        own.bind(new InetSocketAddress(ip, address.port())).awaitUninterruptibly();
    if (binding.isSuccess()) {
      sockets.put(address, binding.channel());
    } else {
      failures.put(address, String.valueOf(binding.cause().getMessage()));
    }
  }

  void unbind() {
    sockets.values().forEach(socket -> socket.close().awaitUninterruptibly());
    sockets.clear();
  }

  /// Hands accepted connections to the service.
  private static final class Initializer extends ChannelInitializer<Channel> {
    private final ListenerService service;
    private final ChannelGroup connections;

    Initializer(ListenerService service, ChannelGroup connections) {
      this.service = service;
      this.connections = connections;
    }

    @Override
    protected void initChannel(Channel connection) {
      connections.add(connection);
      service.serve(connection);
    }
  }
}
