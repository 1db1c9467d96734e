package io.sidetrace.sidecar.exchange;

import io.sidetrace.sidecar.exchange.Deadline.Limit;
import org.jspecify.annotations.Nullable;

/// Watches over the time limits of one client's HTTP/2 connection and of all its streams: at each
/// look it goes through all that are open. Event-loop confined.
final class Http2Timer implements LimitTimer.Limits {
  private final Http2Connection connection;
  private final LoopTools tools;
  private final LimitTimer timer;

  Http2Timer(Http2Connection connection, LoopTools tools) {
    this.connection = connection;
    this.tools = tools;
    this.timer = new LimitTimer(tools, this);
  }

  void start() {
    timer.start();
  }

  void stop() {
    timer.stop();
  }

  void event() {
    timer.event();
  }

  long lastEventNanos() {
    return timer.lastEventNanos();
  }

  /// Says whether a request's head is there in part only.
  void inHead(boolean open) {
    if (open) {
      timer.headBegan();
    } else {
      timer.headEnded();
    }
  }

  @Override
  public @Nullable Deadline check(long now) {
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
    return next;
  }

  /// A connection without streams may idle; the head of a next request must come to its end.
  private @Nullable Deadline ofConnection() {
    TimeLimits limits = connection.listener.http().limits();
    if (timer.inHead()) {
      return Deadline.of(Limit.HEAD, timer.headSinceNanos(), limits.head());
    }
    return connection.streams.isEmpty()
        ? Deadline.of(Limit.IDLE, timer.lastEventNanos(), limits.idle())
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

  /// Of the configuration in force and those under which streams began.
  @Override
  public long shortest() {
    long shortest = connection.listener.http().limits().shortest();
    for (Http2Stream stream : connection.streams.all()) {
      shortest = TimeLimits.shorter(shortest, stream.http.limits().shortest());
    }
    return shortest;
  }
}
