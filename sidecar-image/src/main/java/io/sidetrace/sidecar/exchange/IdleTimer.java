package io.sidetrace.sidecar.exchange;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Tells once when nothing has happened for too long. What happens costs one reading of the clock,
/// for the timer is not moved by it: when it fires it looks how long it has been quiet, and waits
/// for the rest. Event-loop confined.
final class IdleTimer {
  private final LoopTools tools;
  private final long limitNanos;
  private long lastEventNanos;
  private @Nullable ScheduledFuture<?> timer;

  /// @param limit zero: never
  IdleTimer(LoopTools tools, Duration limit) {
    this.tools = tools;
    this.limitNanos = TimeLimits.nanos(limit);
  }

  void start(Runnable idle) {
    if (limitNanos > 0) {
      lastEventNanos = tools.nanoTime();
      schedule(limitNanos, idle);
    }
  }

  private void schedule(long nanos, Runnable idle) {
    timer = tools.loop.schedule(() -> fire(idle), nanos, TimeUnit.NANOSECONDS);
  }

  private void fire(Runnable idle) {
    timer = null;
    long rest = limitNanos - (tools.nanoTime() - lastEventNanos);
    if (rest > 0) {
      schedule(rest, idle);
    } else {
      tools.counters.increment(Counter.CONNECTIONS_IDLE_TIMEOUTS);
      idle.run();
    }
  }

  void event() {
    if (timer != null) {
      lastEventNanos = tools.nanoTime();
    }
  }

  void stop() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }
}
