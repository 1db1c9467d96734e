package io.sidetrace.sidecar.exchange;

import io.sidetrace.sidecar.exchange.Deadline.Limit;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Watches over the time limits of one client's connection. Event-loop confined.
///
/// There is one timer, and nothing that happens moves it. It never sleeps longer than the shortest
/// limit there is, so it wakes at least once between the beginning of any wait and its end, and
/// sleeps again until just that end. No limit is noticed late, and what happens costs one reading
/// of the clock; nothing at all where there is no limit.
final class HttpTimer {
  private final HttpConnection connection;
  private final LoopTools tools;
  private @Nullable ScheduledFuture<?> timer;
  private long lastEventNanos;
  private long headSinceNanos;
  private boolean inHead;
  private boolean stopped;

  HttpTimer(HttpConnection connection, LoopTools tools) {
    this.connection = connection;
    this.tools = tools;
  }

  /// Begins to watch, or does so anew under a changed configuration.
  void start() {
    if (timer == null) {
      lastEventNanos = tools.nanoTime();
      headSinceNanos = lastEventNanos;
    }
    cancel();
    schedule(tools.nanoTime(), null);
  }

  /// For good.
  void stop() {
    stopped = true;
    cancel();
  }

  private void cancel() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  /// Something came from either side, or went there after it could not.
  void event() {
    if (timer != null) {
      lastEventNanos = tools.nanoTime();
    }
  }

  /// The head of a next request is there in part.
  void headBegan() {
    if (!inHead) {
      inHead = true;
      headSinceNanos = lastEventNanos;
    }
  }

  void headEnded() {
    inHead = false;
  }

  /// From now on the upstream's answer to this exchange is waited for.
  void awaiting(Exchange exchange) {
    exchange.awaitedSinceNanos = lastEventNanos;
  }

  /// A response has ended.
  ///
  /// @param next whose turn it is now; null: nobody's
  void turn(@Nullable Exchange next) {
    headSinceNanos = lastEventNanos;
    if (next != null) {
      awaiting(next);
    }
  }

  private void fire() {
    timer = null;
    long now = tools.nanoTime();
    Deadline next = next();
    if (next != null && next.hasPassed(now)) {
      lastEventNanos = now;
      expire(next.limit());
      next = null;
    }
    schedule(now, next);
  }

  private void expire(Limit limit) {
    Exchange exchange = connection.current();
    tools.counters.increment(
        limit == Limit.IDLE ? Counter.CONNECTIONS_IDLE_TIMEOUTS : Counter.REQUESTS_TIMEOUTS);
    if (exchange != null) {
      giveUp(exchange, LocalReply.timeout(limit, exchange));
    } else if (limit == Limit.HEAD) {
      connection.refuse(LocalReply.HEAD_TIMEOUT, connection.listener.http());
    } else {
      connection.closeIfAtRest();
    }
  }

  /// A response that has begun is cut off: by a reset where nobody could tell it from a whole one.
  private void giveUp(Exchange exchange, LocalReply reply) {
    UpstreamLink link = exchange.link;
    boolean endless = link != null && link.lastsUntilClose();
    if (link != null) {
      connection.upstreams.abandon(link);
    }
    if (exchange.responseStarted) {
      exchange.fail(reply.flag(), tools);
      connection.end(endless ? WireUser.Ending.RESET : WireUser.Ending.CLOSED);
    } else {
      connection.reply(exchange, reply);
    }
  }

  private void schedule(long now, @Nullable Deadline next) {
    long shortest = stopped ? 0 : shortest();
    if (shortest > 0) {
      long delay = next == null ? shortest : Math.min(shortest, next.atNanos() - now);
      timer = tools.loop.schedule(this::fire, delay, TimeUnit.NANOSECONDS);
    }
  }

  /// Of the configuration in force and the one under which the exchange of the moment began.
  private long shortest() {
    Exchange exchange = connection.current();
    long coming = connection.listener.http().limits().shortest();
    return exchange == null
        ? coming
        : TimeLimits.shorter(coming, exchange.http.limits().shortest());
  }

  /// Null when nothing that is waited for has a limit.
  private @Nullable Deadline next() {
    Exchange exchange = connection.current();
    if (exchange != null) {
      return Deadline.of(exchange, lastEventNanos);
    }
    TimeLimits limits = connection.listener.http().limits();
    return inHead
        ? Deadline.of(Limit.HEAD, headSinceNanos, limits.head())
        : Deadline.of(Limit.IDLE, lastEventNanos, limits.idle());
  }
}
