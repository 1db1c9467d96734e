package io.sidetrace.sidecar.exchange;

import io.netty.buffer.ByteBuf;
import io.sidetrace.sidecar.intercept.Http2Greeting;
import io.sidetrace.sidecar.intercept.Protocol;
import io.sidetrace.sidecar.intercept.ProtocolDetector;
import io.sidetrace.sidecar.upstream.Cluster;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A connection's first moments: where was it meant to go, and what does it speak? Where it was
/// meant to go is connected to meanwhile, so that a server that speaks first is heard at once; that
/// ends the question, unless it speaks as HTTP/2 does. Event-loop confined.
final class ConnectionStart implements WireUser {
  /// How long a refused connection waits for the client's first bytes, so that its request can be
  /// told as a failed one. A client that has connected writes its request within microseconds, and
  /// one that waits for the server first notices nothing of so little.
  private static final long REFUSED_GRACE_MILLIS = 2;

  /// SETTINGS, and a window update behind them, are all that a server of HTTP/2 has to say before
  /// its client; a frame of the usual limit is far more.
  private static final int MOST_GREETING_BYTES = 16 * 1024;

  private final Wire client;
  private final LoopListener listener;
  private final LoopTools tools;
  private final ListenerBehaviour behaviour;
  private final ProtocolDetector detector;

  private final long startNanos;

  /// Where a redirected client meant to go; null for all others.
  private @Nullable InetSocketAddress meantFor;

  private @Nullable ByteBuf held;

  /// What the upstream said while nobody knew whether that was HTTP/2.
  private @Nullable ByteBuf greeting;

  private @Nullable EarlyUpstream early;
  private @Nullable Ending earlyFailure;
  private @Nullable ScheduledFuture<?> timer;
  private boolean decided;

  ConnectionStart(Wire client, LoopListener listener) {
    this.client = client;
    this.listener = listener;
    this.tools = listener.tools();
    this.behaviour = listener.behaviour();
    this.startNanos = tools.nanoTime();
    ListenerBehaviour.Http http = behaviour.http();
    this.detector = new ProtocolDetector(http == null ? 0 : http.headLimit());
  }

  @Override
  public void opened() {
    if (behaviour.listener().originalDestination() && !connectEarly()) {
      tools.counters.increment(Counter.CONNECTIONS_WITHOUT_DESTINATION);
      decided = true;
      client.close();
      return;
    }
    Cluster gateway = gateway();
    if (!behaviour.detects() && gateway == null) {
      decide(behaviour.http() == null ? Protocol.OTHER : Protocol.HTTP1);
      return;
    }
    Duration timeout = behaviour.listener().detectTimeout();
    if (timeout.isPositive() && gateway == null) {
      long nanos = TimeLimits.nanos(timeout);
      timer = tools.loop.schedule(this::giveUpDetection, nanos, TimeUnit.NANOSECONDS);
    }
  }

  /// The cluster to which HTTP/2 goes from here; null where there is none.
  private @Nullable Cluster gateway() {
    String name = behaviour.gatewayCluster();
    Cluster cluster = name == null ? null : tools.clusters.get(name);
    return cluster != null && cluster.speaksHttp2() ? cluster : null;
  }

  /// @return false when the connection was not redirected here
  private boolean connectEarly() {
    InetSocketAddress destination = listener.originalDestination(client);
    if (destination == null) {
      return false;
    }
    meantFor = destination;
    String name = behaviour.earlyCluster();
    Cluster cluster = name == null ? null : tools.clusters.get(name);
    if (cluster != null && cluster.originalDestination()) {
      Wire wire = Wire.connect(cluster, destination, tools);
      wire.use(new Upstream());
      early = new EarlyUpstream(wire, destination, null);
    }
    return true;
  }

  private void giveUpDetection() {
    if (!decided) {
      decide(Protocol.OTHER);
    }
  }

  @Override
  public void read(ByteBuf bytes) {
    held = Wire.append(held, bytes);
    Protocol protocol = detector.detect(held);
    if (protocol != Protocol.UNDECIDED) {
      decide(protocol);
    }
  }

  @Override
  public void readComplete() {}

  private void decide(Protocol protocol) {
    settle();
    tools.counters.increment(
        switch (protocol) {
          case HTTP1 -> Counter.CONNECTIONS_HTTP1;
          case HTTP2 -> Counter.CONNECTIONS_HTTP2;
          case TLS -> Counter.CONNECTIONS_TLS;
          case OTHER, UNDECIDED -> Counter.CONNECTIONS_TCP;
        });
    if (protocol == Protocol.HTTP2 && (behaviour.servesHttp2() || gateway() != null)) {
      serveHttp2();
    } else if (behaviour.servesOnlyHttp() || (protocol == Protocol.HTTP1 && greeting == null)) {
      serveHttp();
    } else {
      relay(protocol);
    }
  }

  private void settle() {
    decided = true;
    if (timer != null) {
      timer.cancel(false);
    }
  }

  private void serveHttp() {
    HttpConnection http = new HttpConnection(client, listener, early);
    client.use(http);
    ByteBuf first = held;
    held = null;
    if (first != null) {
      http.read(first);
      http.readComplete();
    }
    if (earlyFailure != null) {
      http.upstreams.originalFailed(earlyFailure);
    }
    if (client.inputHasEnded()) {
      http.inputEnded();
    }
  }

  private void serveHttp2() {
    ByteBuf first = Objects.requireNonNull(held); // the preface
    held = null;
    EarlyUpstream upstream = early == null ? connectGateway() : early;
    if (upstream == null) {
      first.release();
      (gateway() == null ? Http2Refusal.NO_HTTP2 : Http2Refusal.NO_UPSTREAM).write(client, tools);
      client.close();
      return;
    }
    Http2Connection http2 = Http2Connection.join(client, listener, upstream, first);
    if (greeting != null) {
      http2.greeted(greeting);
      greeting = null;
    }
    if (earlyFailure != null) {
      http2.upstreamFailed(earlyFailure);
    }
  }

  private @Nullable EarlyUpstream connectGateway() {
    Cluster cluster = gateway();
    InetSocketAddress endpoint = cluster == null ? null : cluster.pick();
    return cluster == null || endpoint == null
        ? null
        : new EarlyUpstream(Wire.connect(cluster, endpoint, tools), endpoint, cluster);
  }

  private void relay(Protocol protocol) {
    TcpConnection connection = notHttp(protocol);
    if (held != null) {
      connection.fromClient(held);
    }
    if (earlyFailure != null) {
      connection.ended(ResponseFlag.UPSTREAM_CONNECTION_FAILURE);
      dropHeld();
      client.abort();
      return;
    }
    Wire upstream = early == null ? connection.connect() : early.wire();
    if (upstream == null) {
      connection.ended(ResponseFlag.NO_HEALTHY_UPSTREAM);
      tools.counters.increment(Counter.CONNECTIONS_UNSERVED);
      dropHeld();
      client.close();
      return;
    }
    connection.relay(upstream, held, greeting);
    held = null;
    greeting = null;
  }

  private TcpConnection notHttp(Protocol protocol) {
    TcpExchange exchange = new TcpExchange(client, tools, startNanos);
    exchange.meantFor = meantFor;
    exchange.upstream = early == null ? null : early.endpoint();
    return new TcpConnection(exchange, listener, protocol);
  }

  /// The client will send nothing more and has sent no request line.
  @Override
  public void inputEnded() {
    if (!decided) {
      decide(Protocol.OTHER);
    }
  }

  @Override
  public void closed(Ending how) {
    settle();
    dropHeld();
    if (early != null) {
      if (how == Ending.CLOSED) {
        early.wire().close();
      } else {
        early.wire().abort();
      }
    }
  }

  private void dropHeld() {
    if (held != null) {
      held.release();
      held = null;
    }
    if (greeting != null) {
      greeting.release();
      greeting = null;
    }
  }

  /// Listens to the original destination until the protocol is known.
  private final class Upstream implements WireUser {
    @Override
    public void read(ByteBuf bytes) {
      if (decided) {
        bytes.release();
        return;
      }
      greeting = Wire.append(greeting, bytes);
      if (!Http2Greeting.mayBegin(greeting) || greeting.readableBytes() > MOST_GREETING_BYTES) {
        decide(Protocol.OTHER);
      }
    }

    @Override
    public void readComplete() {
      client.flush();
    }

    @Override
    public void inputEnded() {
      if (!decided) {
        decide(Protocol.OTHER);
      }
    }

    @Override
    public void closed(Ending how) {
      if (decided) {
        return;
      }
      earlyFailure = how;
      if (held == null) {
        timer = tools.loop.schedule(this::giveUp, REFUSED_GRACE_MILLIS, TimeUnit.MILLISECONDS);
      } else {
        giveUp();
      }
    }

    /// As close to a refusal as an accepted connection can come.
    private void giveUp() {
      if (!decided) {
        decided = true;
        notHttp(Protocol.OTHER).ended(ResponseFlag.UPSTREAM_CONNECTION_FAILURE);
        client.abort();
      }
    }
  }
}
