package io.sidetrace.sidecar.report;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// An event loop whose clock the test moves: everything runs on the test's own thread, in order.
final class TestLoop extends AbstractExecutorService implements ScheduledExecutorService {
  private final Deque<Runnable> ready = new ArrayDeque<>();
  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(Comparator.comparingLong(timer -> timer.atNanos));
  private long nowNanos;

  long nanoTime() {
    return nowNanos;
  }

  /// Runs all that is due now.
  void run() {
    advance(Duration.ZERO);
  }

  /// Moves the clock on, running what falls due at its own time.
  void advance(Duration by) {
    long until = nowNanos + by.toNanos();
    runReady();
    while (!timers.isEmpty() && timers.peek().atNanos <= until) {
      Timer next = timers.remove();
      nowNanos = Math.max(nowNanos, next.atNanos);
      next.run();
      runReady();
    }
    nowNanos = until;
  }

  private void runReady() {
    while (!ready.isEmpty()) {
      ready.remove().run();
    }
  }

  @Override
  public void execute(Runnable task) {
    ready.add(task);
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
    Timer timer = new Timer(task, nowNanos + unit.toNanos(delay));
    timers.add(timer);
    return timer;
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable task, long first, long period, TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable task, long first, long delay, TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void shutdown() {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Runnable> shutdownNow() {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isShutdown() {
    return false;
  }

  @Override
  public boolean isTerminated() {
    return false;
  }

  @Override
  public boolean awaitTermination(long limit, TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  private static final class Timer extends FutureTask<Void> implements ScheduledFuture<Void> {
    final long atNanos;

    Timer(Runnable task, long atNanos) {
      super(task, null);
      this.atNanos = atNanos;
    }

    @Override
    public long getDelay(TimeUnit unit) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int compareTo(Delayed other) {
      throw new UnsupportedOperationException();
    }
  }
}
