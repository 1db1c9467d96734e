package io.sidetrace.sidecar.exchange;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The timer behind the time limits of one client's connection. Event-loop confined.
///
/// There is one, and nothing that happens moves it. It never sleeps longer than the shortest limit
/// there is, so it wakes at least once between the beginning of any wait and its end, and sleeps
/// again until just that end. No limit is noticed late, and what happens costs one reading of the
/// clock; nothing at all where there is no limit.
final class LimitTimer {
  private final LoopTools tools;
  private final Limits limits;
  private @Nullable ScheduledFuture<?> timer;
  private long lastEventNanos;
  private long headSinceNanos;
  private boolean inHead;
  private boolean stopped;

  /// What is limited.
  interface Limits {
    /// Of all that may begin from now on and of all that is under way; zero: there is no limit.
    long shortest();

    /// Ends what has taken too long.
    ///
    /// @return when something else will have; null when nothing that is waited for has a limit
    @Nullable Deadline check(long nowNanos);
  }

  LimitTimer(LoopTools tools, Limits limits) {
    this.tools = tools;
    this.limits = limits;
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

  /// As [#event], noticed at that moment.
  void event(long nowNanos) {
    lastEventNanos = nowNanos;
  }

  /// When something last came; only exact where there is a limit.
  long lastEventNanos() {
    return lastEventNanos;
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

  /// What is there of a next head counts from the last event on.
  void headWaited() {
    headSinceNanos = lastEventNanos;
  }

  boolean inHead() {
    return inHead;
  }

  long headSinceNanos() {
    return headSinceNanos;
  }

  private void fire() {
    timer = null;
    long now = tools.nanoTime();
    schedule(now, limits.check(now));
  }

  private void schedule(long now, @Nullable Deadline next) {
    long shortest = stopped ? 0 : limits.shortest();
    if (shortest > 0) {
      long delay = next == null ? shortest : Math.min(shortest, next.atNanos() - now);
      timer = tools.loop.schedule(this::fire, delay, TimeUnit.NANOSECONDS);
    }
  }
}
