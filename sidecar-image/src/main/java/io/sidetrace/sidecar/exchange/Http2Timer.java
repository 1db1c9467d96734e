package io.sidetrace.sidecar.exchange;

import io.sidetrace.sidecar.exchange.Deadline.Limit;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Watches over the time limits of one client's HTTP/2 connection and of all its streams, as
/// [HttpTimer] does: by one timer that nothing moves. When it fires it looks at every stream that
/// is open. Event-loop confined.
final class Http2Timer {
  private final Http2Connection connection;
  private final LoopTools tools;
  private @Nullable ScheduledFuture<?> timer;
  private long lastEventNanos;
  private long headSinceNanos;
  private boolean inHead;
  private boolean stopped;

  Http2Timer(Http2Connection connection, LoopTools tools) {
    this.connection = connection;
    this.tools = tools;
    this.lastEventNanos = tools.nanoTime();
  }

  /// Begins to watch, or does so anew under a changed configuration.
  void start() {
    if (timer != null) {
      timer.cancel(false);
    }
    schedule(tools.nanoTime(), null);
  }

  /// For good.
  void stop() {
    stopped = true;
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  /// Something came from either side.
  void event() {
    if (timer != null) {
      lastEventNanos = tools.nanoTime();
    }
  }

  /// When something last came; only exact where there is a limit.
  long lastEventNanos() {
    return lastEventNanos;
  }

  /// Says whether a request's head is there in part only.
  void inHead(boolean open) {
    if (open && !inHead) {
      headSinceNanos = lastEventNanos;
    }
    inHead = open;
  }

  private void fire() {
    timer = null;
    long now = tools.nanoTime();
    Deadline next = ofConnection();
    if (next != null && next.hasPassed(now)) {
      expire(next.limit());
      next = null;
    }
    for (Http2Stream stream : connection.streams.all()) {
      Deadline deadline = Deadline.of(stream, stream.lastEventNanos);
      if (deadline != null && deadline.hasPassed(now)) {
        tools.counters.increment(Counter.REQUESTS_TIMEOUTS);
        connection.giveUp(stream, LocalReply.timeout(deadline.limit(), stream));
      } else {
        next = Deadline.earlier(next, deadline);
      }
    }
    schedule(now, next);
  }

  /// A connection without streams may idle; the head of a next request must come to its end.
  private @Nullable Deadline ofConnection() {
    TimeLimits limits = connection.listener.http().limits();
    if (inHead) {
      return Deadline.of(Limit.HEAD, headSinceNanos, limits.head());
    }
    return connection.streams.isEmpty()
        ? Deadline.of(Limit.IDLE, lastEventNanos, limits.idle())
        : null;
  }

  private void expire(Limit limit) {
    if (limit == Limit.IDLE) {
      tools.counters.increment(Counter.CONNECTIONS_IDLE_TIMEOUTS);
      connection.endIdle();
    } else {
      tools.counters.increment(Counter.REQUESTS_TIMEOUTS);
      connection.endInHead();
    }
  }

  private void schedule(long now, @Nullable Deadline next) {
    long shortest = stopped ? 0 : shortest();
    if (shortest > 0) {
      long delay = next == null ? shortest : Math.min(shortest, next.atNanos() - now);
      timer = tools.loop.schedule(this::fire, delay, TimeUnit.NANOSECONDS);
    }
  }

  /// Of the configuration in force and those under which streams began.
  private long shortest() {
    long shortest = connection.listener.http().limits().shortest();
    for (Http2Stream stream : connection.streams.all()) {
      shortest = TimeLimits.shorter(shortest, stream.http.limits().shortest());
    }
    return shortest;
  }
}
