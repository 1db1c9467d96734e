package io.sidetrace.sidecar.accept;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.sidetrace.sidecar.config.Listener;
import io.sidetrace.sidecar.exchange.Exchanges;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Binds what the configuration says and keeps it so.
///
/// Thread-safe. `apply`, `drain` and `close` wait, for a bind or for connections to end, so they
/// are called from the composition root's threads and never from an event loop.
public final class Acceptor implements AutoCloseable {
  /// How often a drain looks whether it is done.
  private static final Duration DRAIN_STEP = Duration.ofMillis(20);

  private final EventLoopGroup workers;
  private final Exchanges exchanges;
  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final Map<String, BoundListener> listeners = new LinkedHashMap<>();
  private boolean leaving;

  public Acceptor(EventLoopGroup workers, Exchanges exchanges) {
    this.workers = workers;
    this.exchanges = exchanges;
  }

  /// Makes these the listeners: what is new is bound, what is gone is unbound and drained, and the
  /// others change what they do, for open connections too. A listener keeps its identity by name.
  ///
  /// @return the addresses that could not be bound; all else is in force
  public synchronized List<Unbound> apply(List<Listener> wanted) {
    closeAllBut(wanted);
    List<Unbound> unbound = new ArrayList<>();
    for (Listener listener : wanted) {
      BoundListener known = listeners.get(listener.name());
      if (known == null) {
        known = new BoundListener(exchanges.open(listener), workers, connections);
        listeners.put(listener.name(), known);
        if (leaving) {
          known.service().leave();
        }
      } else {
        known.service().configure(listener);
      }
      unbound.addAll(known.bind(listener));
    }
    return unbound;
  }

  private void closeAllBut(List<Listener> wanted) {
    Set<String> names = new HashSet<>();
    wanted.forEach(listener -> names.add(listener.name()));
    listeners
        .entrySet()
        .removeIf(entry -> {
          boolean gone = !names.contains(entry.getKey());
          if (gone) {
            entry.getValue().unbind();
            entry.getValue().service().drain();
          }
          return gone;
        });
  }

  /// Where the listener of that name listens now; port 0 of its configuration shows as the port it
  /// got.
  public synchronized List<InetSocketAddress> addresses(String listener) {
    BoundListener bound = listeners.get(listener);
    return bound == null ? List.of() : bound.addresses();
  }

  public int connections() {
    return connections.size();
  }

  /// Tells clients to leave, each with the next response that it gets. Sockets go on listening:
  /// until every client has learned that this pod goes, some still come.
  public synchronized void leave() {
    leaving = true;
    listeners.values().forEach(listener -> listener.service().leave());
  }

  /// Lets all connections end, for at most that long. At first everyone who asks is told to leave,
  /// on new connections too; then nobody is let in any more, and connections at rest are closed.
  ///
  /// @return whether all connections ended
  public boolean drain(Duration limit) throws InterruptedException {
    long began = System.nanoTime();
    synchronized (this) {
      listeners.values().forEach(bound -> bound.service().endKeepAlive());
    }
    awaitEnd(began + limit.toNanos() / 4 * 3);
    synchronized (this) {
      listeners
          .values()
          .forEach(bound -> {
            bound.unbind();
            bound.service().drain();
          });
    }
    return awaitEnd(began + limit.toNanos());
  }

  private boolean awaitEnd(long deadlineNanos) throws InterruptedException {
    while (!connections.isEmpty() && System.nanoTime() - deadlineNanos < 0) {
      Thread.sleep(DRAIN_STEP);
    }
    return connections.isEmpty();
  }

  /// Unbinds everything and closes all connections as they are.
  @Override
  public synchronized void close() {
    listeners.values().forEach(BoundListener::unbind);
    listeners.clear();
    connections.close().awaitUninterruptibly();
  }
}
