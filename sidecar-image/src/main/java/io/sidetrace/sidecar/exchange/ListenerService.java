package io.sidetrace.sidecar.exchange;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.sidetrace.sidecar.config.Listener;
import java.util.Map;

/// Serves the connections of one listener, on all event loops. Thread-safe.
public final class ListenerService {
  private final Exchanges exchanges;
  private final Map<EventLoop, LoopListener> loops;

  ListenerService(Exchanges exchanges, Map<EventLoop, LoopListener> loops) {
    this.exchanges = exchanges;
    this.loops = Map.copyOf(loops);
  }

  /// Changes what the listener does: for connections to come, and for the next request of those
  /// that are open. Each loop changes between two events, so no request sees half a change.
  public void configure(Listener listener) {
    loops.forEach((loop, service) -> {
      ListenerBehaviour next = exchanges.behaviour(listener, loop);
      loop.execute(() -> service.apply(next));
    });
  }

  /// Takes over a connection that was just accepted; called on its loop, before it becomes active.
  public void serve(Channel connection) {
    LoopListener service = loops.get(connection.eventLoop());
    if (service == null) {
      throw new IllegalArgumentException(
          connection + ": on a loop that is not ours (expected: one of the workers)");
    }
    service.start(connection);
  }

  /// Ends keep-alive towards clients, each connection's behind its next response. What the pod's
  /// own application sends out goes on as before: it may serve for its whole grace period yet.
  public void leave() {
    loops.forEach((loop, service) -> loop.execute(service::leave));
  }

  /// Ends keep-alive, each connection's behind its next response.
  public void endKeepAlive() {
    loops.forEach((loop, service) -> loop.execute(service::endKeepAlive));
  }

  /// Ends keep-alive: connections at rest are closed now, others behind their next response.
  public void drain() {
    loops.forEach((loop, service) -> loop.execute(service::drain));
  }
}
