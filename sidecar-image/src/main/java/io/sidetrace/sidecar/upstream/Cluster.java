package io.sidetrace.sidecar.upstream;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.sidetrace.sidecar.config.ClusterDefinition;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// One cluster: which endpoints it has now, and how to connect to one.
///
/// Thread-safe; nothing here blocks. All state is the list of endpoints, replaced as a whole after
/// each lookup, and whose turn it is.
public final class Cluster {
  private final ClusterDefinition definition;
  private final Bootstrap bootstrap;
  private final AtomicInteger turn = new AtomicInteger();
  private volatile List<InetSocketAddress> endpoints;
  private final @Nullable Lookups lookups;
  private final @Nullable Tls tls;

  /// Looks nothing up yet: see `start`.
  ///
  /// @param inherited the endpoints to begin with while names are looked up
  /// @param tlsFailures counts connections that do not come to stand because of TLS
  Cluster(
      ClusterDefinition definition,
      HostResolver resolver,
      List<InetSocketAddress> inherited,
      LongAdder tlsFailures) {
    this.definition = definition;
    this.endpoints =
        switch (definition.type()) {
          case STATIC -> Endpoints.literal(definition);
          case ORIGINAL_DST -> List.of();
          case STRICT_DNS, LOGICAL_DNS -> inherited;
        };
    this.lookups =
        switch (definition.type()) {
          case STATIC, ORIGINAL_DST -> null;
          case STRICT_DNS, LOGICAL_DNS ->
              new Lookups(definition, resolver, Lookups.REFRESH, found -> endpoints = found);
        };
    this.tls =
        definition.tls() == null
            ? null
            : new Tls(definition, definition.tls(), Tls.REREAD, tlsFailures);
    this.bootstrap =
        new Bootstrap()
            .channel(EpollSocketChannel.class)
            .disableResolver()
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, connectTimeoutMillis(definition))
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.AUTO_READ, false);
  }

  /// Begins to look names up, where there are any; called once.
  void start() {
    if (lookups != null) {
      lookups.start();
    }
    if (tls != null) {
      tls.start();
    }
  }

  public String name() {
    return definition.name();
  }

  public ClusterDefinition definition() {
    return definition;
  }

  /// Whether connections go to where they were meant to go: then `pick` is always null and the
  /// caller knows the endpoint.
  public boolean originalDestination() {
    return definition.type() == ClusterDefinition.Type.ORIGINAL_DST;
  }

  /// Whether its endpoints speak HTTP/2, and nothing else.
  public boolean speaksHttp2() {
    return definition.http() == ClusterDefinition.Http.HTTP2;
  }

  /// The endpoints known now; empty while no name was found yet, and for the original destination.
  public List<InetSocketAddress> endpoints() {
    return endpoints;
  }

  /// Why the newest lookup of this cluster's names failed; null when it did not, or needs none.
  public @Nullable String lookupFailure() {
    return lookups == null ? null : lookups.failure();
  }

  /// Why certificates could not be read the last time; null when they could, or there are none.
  public @Nullable String tlsProblem() {
    return tls == null ? null : tls.problem();
  }

  /// The endpoint whose turn it is; null when none is known.
  public @Nullable InetSocketAddress pick() {
    List<InetSocketAddress> known = endpoints;
    if (known.isEmpty()) {
      return null;
    }
    return known.get(Integer.remainderUnsigned(turn.getAndIncrement(), known.size()));
  }

  /// Connects to the endpoint on `loop`, within the cluster's connect timeout; where the cluster
  /// has TLS, `handler` sees the connection when that stands, and plain bytes.
  ///
  /// Set here: `TCP_NODELAY`, the connect timeout, and `AUTO_READ` off, so that nothing is read
  /// before `handler` calls for it (`channel.read()`, or `setAutoRead(true)`). Everything else is
  /// the handler's to set in `handlerAdded`, half-closure and watermarks among it.
  ///
  /// @return completed on `loop`; after a failure the channel is closed already
  public Future<Channel> connect(
      EventLoop loop, InetSocketAddress endpoint, ChannelHandler handler) {
    Promise<Channel> connected = loop.newPromise();
    if (tls != null) {
      connect(loop, endpoint, handler, connected, tls);
      return connected;
    }
    ChannelFuture connecting = bootstrap.clone(loop).handler(handler).connect(endpoint);
    connecting.addListener(done -> {
      if (done.isSuccess()) {
        connected.setSuccess(connecting.channel());
      } else {
        connected.setFailure(done.cause());
      }
    });
    return connected;
  }

  private void connect(
      EventLoop loop,
      InetSocketAddress endpoint,
      ChannelHandler handler,
      Promise<Channel> connected,
      Tls tls) {
    SslHandler encryption = tls.handler(ByteBufAllocator.DEFAULT);
    if (encryption == null) {
      tls.countFailure();
      ConnectException failure = new ConnectException(String.valueOf(tls.problem()));
      loop.execute(() -> connected.setFailure(failure)); // callers are told later, never at once
      return;
    }
    encryption.setHandshakeTimeoutMillis(connectTimeoutMillis(definition));
    bootstrap
        .clone(loop)
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                channel
                    .pipeline()
                    .addLast(encryption, new TlsStart(tls, endpoint, handler, connected));
              }
            })
        .connect(endpoint)
        .addListener(done -> {
          if (!done.isSuccess()) {
            connected.tryFailure(done.cause());
          }
        });
  }

  /// What a successor of that definition may start with: the names are the same ones, so the
  /// answers still hold.
  List<InetSocketAddress> endpointsFor(ClusterDefinition successor) {
    boolean sameNames =
        successor.type() == definition.type()
            && successor.endpoints().equals(definition.endpoints());
    return sameNames ? endpoints : List.of();
  }

  boolean awaitLookup(long nanos) throws InterruptedException {
    return lookups == null || lookups.awaitFirst(nanos);
  }

  void close() {
    if (lookups != null) {
      lookups.close();
    }
    if (tls != null) {
      tls.close();
    }
  }

  /// Netty counts in int milliseconds; longer than 24 days is as good as that.
  private static int connectTimeoutMillis(ClusterDefinition definition) {
    return Math.clamp(definition.connectTimeout().toMillis(), 1, Integer.MAX_VALUE);
  }
}
