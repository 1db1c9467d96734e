package io.sidetrace.sidecar.exchange;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.sidetrace.sidecar.accesslog.AccessLogs;
import io.sidetrace.sidecar.config.Listener;
import io.sidetrace.sidecar.intercept.OriginalDestination;
import io.sidetrace.sidecar.upstream.Clusters;
import java.util.HashMap;
import java.util.Map;

/// The data plane's entry: opens the services that listeners hand their connections to.
/// Thread-safe.
public final class Exchanges {
  private final Map<EventLoop, LoopTools> tools = new HashMap<>();
  private final Counters counters = new Counters();
  private final TracingFactory tracing;
  private final AccessLogs logs;
  private final OriginalDestination originalDestination;

  /// @param loops the workers; every connection is accepted on one of them
  public Exchanges(
      EventLoopGroup loops,
      Clusters clusters,
      TracingFactory tracing,
      AccessLogs logs,
      OriginalDestination originalDestination) {
    this.tracing = tracing;
    this.logs = logs;
    this.originalDestination = originalDestination;
    for (EventExecutor loop : loops) {
      tools.put((EventLoop) loop, new LoopTools((EventLoop) loop, clusters, counters));
    }
  }

  /// A service for the connections of a listener, configured and ready.
  public ListenerService open(Listener listener) {
    Map<EventLoop, LoopListener> loops = new HashMap<>();
    tools.forEach((loop, shared) ->
        loops.put(loop, new LoopListener(shared, originalDestination, behaviour(listener, loop))));
    return new ListenerService(this, loops);
  }

  public Counters counters() {
    return counters;
  }

  ListenerBehaviour behaviour(Listener listener, EventLoop loop) {
    return ListenerBehaviour.of(listener, tracing, logs, loop);
  }
}
