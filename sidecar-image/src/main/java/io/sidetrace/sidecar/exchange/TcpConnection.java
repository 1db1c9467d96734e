package io.sidetrace.sidecar.exchange;

import io.netty.buffer.ByteBuf;
import io.sidetrace.sidecar.config.TcpProxy;
import io.sidetrace.sidecar.exchange.WireUser.Ending;
import io.sidetrace.sidecar.intercept.Protocol;
import io.sidetrace.sidecar.intercept.ServerNameReader;
import io.sidetrace.sidecar.tracing.ConnectionTracer;
import io.sidetrace.sidecar.upstream.Cluster;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A connection that has shown not to be HTTP: it is relayed, and when it has ended the log is told
/// of it, and tracing where it was sampled. Event-loop confined.
final class TcpConnection implements Relay.End {
  private final TcpExchange exchange;
  private final LoopListener listener;
  private final ListenerBehaviour behaviour;
  private final LoopTools tools;
  private final String transport;
  private final boolean sampled;

  /// As long as it wants more of what the client says; else null.
  private @Nullable ServerNameReader reader;

  private @Nullable String serverName;

  /// Decides whether this becomes a span.
  TcpConnection(TcpExchange exchange, LoopListener listener, Protocol protocol) {
    this.exchange = exchange;
    this.listener = listener;
    this.behaviour = listener.behaviour();
    this.tools = listener.tools();
    this.transport = protocol == Protocol.TLS ? "tls" : "tcp";
    this.sampled = tools.tracing.samples(behaviour.connectionTracer());
    this.reader = sampled && protocol == Protocol.TLS ? new ServerNameReader() : null;
    TcpProxy tcp = behaviour.listener().tcp();
    exchange.cluster = tcp == null ? "" : tcp.cluster();
  }

  /// Starts to connect to an endpoint of its cluster; null when there is none.
  @Nullable Wire connect() {
    Cluster cluster = tools.clusters.get(exchange.cluster);
    InetSocketAddress endpoint = cluster == null ? null : cluster.pick();
    if (cluster == null || endpoint == null) {
      return null;
    }
    exchange.upstream = endpoint;
    return Wire.connect(cluster, endpoint, tools);
  }

  /// Relays from here on; takes over what both sides have said already.
  void relay(Wire upstream, @Nullable ByteBuf received, @Nullable ByteBuf greeting) {
    Wire client = exchange.client();
    if (received != null) {
      exchange.received(received.readableBytes());
      upstream.write(received);
    }
    if (greeting != null) {
      exchange.sent(greeting.readableBytes());
      client.write(greeting);
    }
    TcpProxy tcp = behaviour.listener().tcp();
    Duration limit = tcp == null ? Duration.ZERO : tcp.idleTimeout();
    Relay.join(client, upstream, new IdleTimer(tools, limit), this);
  }

  /// The bytes stay where they are.
  @Override
  public void fromClient(ByteBuf bytes) {
    if (reader != null && !tools.tracing.reads(reader, bytes)) {
      serverName = reader.name();
      reader = null;
    }
  }

  @Override
  public void relayed(long received, long sent, Ending how, String flag) {
    exchange.received(received);
    exchange.sent(sent);
    boolean unconnected = how == Ending.REFUSED || how == Ending.TIMED_OUT;
    ended(unconnected ? ResponseFlag.UPSTREAM_CONNECTION_FAILURE : ResponseFlag.NONE);
  }

  /// To be called once, and by the relay where there is one.
  ///
  /// @param flag what went wrong
  void ended(String flag) {
    exchange.flag = flag;
    behaviour.tcpLog().log(exchange);
    // The one in force now: connections outlive configurations.
    ConnectionTracer tracer = sampled ? listener.behaviour().connectionTracer() : null;
    if (tracer != null) {
      tools.tracing.finish(tracer, exchange.traced(transport, serverName));
    }
  }
}
