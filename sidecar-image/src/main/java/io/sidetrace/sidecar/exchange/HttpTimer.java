package io.sidetrace.sidecar.exchange;

import io.sidetrace.sidecar.exchange.Deadline.Limit;
import org.jspecify.annotations.Nullable;

/// Watches over the time limits of one client's HTTP/1 connection. Event-loop confined.
final class HttpTimer implements LimitTimer.Limits {
  private final HttpConnection connection;
  private final LoopTools tools;
  private final LimitTimer timer;

  HttpTimer(HttpConnection connection, LoopTools tools) {
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

  void headBegan() {
    timer.headBegan();
  }

  void headEnded() {
    timer.headEnded();
  }

  /// From now on the upstream's answer to this exchange is waited for.
  void awaiting(Exchange exchange) {
    exchange.awaitedSinceNanos = timer.lastEventNanos();
  }

  /// A response has ended.
  ///
  /// @param next whose turn it is now; null: nobody's
  void turn(@Nullable Exchange next) {
    timer.headWaited();
    if (next != null) {
      awaiting(next);
    }
  }

  @Override
  public @Nullable Deadline check(long nowNanos) {
    Deadline next = next();
    if (next == null || !next.hasPassed(nowNanos)) {
      return next;
    }
    timer.event(nowNanos);
    expire(next.limit());
    return null;
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

  /// Of the configuration in force and the one under which the exchange of the moment began.
  @Override
  public long shortest() {
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
      return Deadline.of(exchange, timer.lastEventNanos());
    }
    TimeLimits limits = connection.listener.http().limits();
    return timer.inHead()
        ? Deadline.of(Limit.HEAD, timer.headSinceNanos(), limits.head())
        : Deadline.of(Limit.IDLE, timer.lastEventNanos(), limits.idle());
  }
}
