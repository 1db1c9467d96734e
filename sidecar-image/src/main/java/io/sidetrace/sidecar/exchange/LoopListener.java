package io.sidetrace.sidecar.exchange;

import io.netty.channel.Channel;
import io.sidetrace.sidecar.config.TrafficDirection;
import io.sidetrace.sidecar.intercept.OriginalDestination;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One listener on one event loop, to which it is confined: what it does now, and which of its HTTP
/// connections are open.
final class LoopListener {
  private final LoopTools tools;
  private final OriginalDestination originalDestination;
  private final Set<OpenConnection> connections = new HashSet<>();
  private ListenerBehaviour behaviour;
  private ListenerBehaviour.@Nullable Http http;
  private boolean leaving;
  private boolean draining;

  LoopListener(
      LoopTools tools, OriginalDestination originalDestination, ListenerBehaviour behaviour) {
    this.tools = tools;
    this.originalDestination = originalDestination;
    this.behaviour = behaviour;
    this.http = behaviour.http();
  }

  LoopTools tools() {
    return tools;
  }

  ListenerBehaviour behaviour() {
    return behaviour;
  }

  /// How the next request is served. HTTP connections outlive a change to a listener without HTTP
  /// under what was in force before.
  ListenerBehaviour.Http http() {
    if (http == null) {
      throw new IllegalStateException("listener " + behaviour.listener().name() + ": no HTTP");
    }
    return http;
  }

  void apply(ListenerBehaviour next) {
    behaviour = next;
    if (next.http() != null) {
      http = next.http();
      connections.forEach(OpenConnection::reconfigured);
    }
  }

  @Nullable InetSocketAddress originalDestination(Wire client) {
    Channel channel = client.channel();
    return channel == null ? null : originalDestination.of(channel);
  }

  void start(Channel channel) {
    tools.counters.increment(Counter.CONNECTIONS);
    tools.counters.increment(Counter.CONNECTIONS_ACTIVE);
    channel
        .closeFuture()
        .addListener(closed -> tools.counters.decrement(Counter.CONNECTIONS_ACTIVE));
    Wire client = new Wire();
    client.use(new ConnectionStart(client, this));
    channel.pipeline().addLast(client);
  }

  void opened(OpenConnection connection) {
    connections.add(connection);
  }

  void closed(OpenConnection connection) {
    connections.remove(connection);
  }

  /// Whether the next response is a connection's last.
  boolean draining() {
    return draining || (leaving && behaviour.listener().direction() != TrafficDirection.OUTBOUND);
  }

  /// The pod ends, its application not yet.
  void leave() {
    leaving = true;
    tellToLeave();
  }

  /// Connections at rest stay: a request may be on its way to us.
  void endKeepAlive() {
    draining = true;
    tellToLeave();
  }

  private void tellToLeave() {
    if (draining()) {
      new ArrayList<>(connections).forEach(OpenConnection::leave);
    }
  }

  /// As that, but connections at rest are closed now.
  void drain() {
    draining = true;
    new ArrayList<>(connections).forEach(OpenConnection::closeIfAtRest);
  }
}
