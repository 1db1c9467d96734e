package io.sidetrace.sidecar.sampling;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// So many in a time, and no more. Thread-safe: event loops draw on the same ones.
sealed interface Allowance {

  /// Takes one, if one is left.
  boolean take();

  /// Whether one could be taken now.
  boolean isLeft();

  /// This allowance, for questions alone: what is taken of it is not missing afterwards.
  default Allowance untouched() {
    return new Untouched(this);
  }

  /// A bucket that holds what a second brings, and at least one. What it comes to is the one number
  /// of when the next would be due if none were ever early.
  final class PerSecond implements Allowance {
    private static final double NANOS_PER_SECOND = 1e9;

    private final LongSupplier nanoClock;
    private final long intervalNanos;
    private final long burstNanos;
    private final AtomicLong due;

    PerSecond(double rate, LongSupplier nanoClock) {
      this.nanoClock = nanoClock;
      this.intervalNanos = Math.round(NANOS_PER_SECOND / rate);
      this.burstNanos = (Math.max(1, (long) rate) - 1) * intervalNanos;
      this.due = new AtomicLong(nanoClock.getAsLong());
    }

    @Override
    public boolean take() {
      while (true) {
        long now = nanoClock.getAsLong();
        long next = due.get();
        long early = Math.max(0, next - now);
        if (early > burstNanos) {
          return false;
        }
        if (due.compareAndSet(next, now + early + intervalNanos)) {
          return true;
        }
      }
    }

    @Override
    public boolean isLeft() {
      return due.get() - nanoClock.getAsLong() <= burstNanos;
    }
  }

  /// The first of each second, as X-Ray counts: nothing is saved for the next one.
  final class FirstOfSecond implements Allowance {
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long COUNT = 0xffff_ffffL;

    private final LongSupplier nanoClock;
    private final long startNanos;
    private final int target;

    /// The second in the high half, what was taken of it in the low half.
    private final AtomicLong taken = new AtomicLong();

    FirstOfSecond(int target, LongSupplier nanoClock) {
      this.target = target;
      this.nanoClock = nanoClock;
      this.startNanos = nanoClock.getAsLong();
    }

    @Override
    public boolean take() {
      while (true) {
        long before = taken.get();
        long now = now(before);
        if ((now & COUNT) >= target) {
          return false;
        }
        if (taken.compareAndSet(before, now + 1)) {
          return true;
        }
      }
    }

    @Override
    public boolean isLeft() {
      return (now(taken.get()) & COUNT) < target;
    }

    /// What was taken as of now: nothing, where a new second began.
    private long now(long before) {
      long second = ((nanoClock.getAsLong() - startNanos) / NANOS_PER_SECOND) << 32;
      return second == (before & ~COUNT) ? before : second;
    }
  }

  /// Another's, which is only looked at.
  record Untouched(Allowance allowance) implements Allowance {
    @Override
    public boolean take() {
      return allowance.isLeft();
    }

    @Override
    public boolean isLeft() {
      return allowance.isLeft();
    }
  }
}
