package io.sidetrace.sidecar.exchange;

/// How often a peer may do what costs others more than itself: so many times at once, and again as
/// time passes or as it does something useful. The clock is read only when nothing is left.
/// Event-loop confined.
final class Allowance {
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final int most;
  private final int perSecond;
  private int left;
  private long refilledNanos;

  Allowance(int most, int perSecond, long nowNanos) {
    this.most = most;
    this.perSecond = perSecond;
    this.left = most;
    this.refilledNanos = nowNanos;
  }

  void earn(int count) {
    left = Math.min(most, left + count);
  }

  /// Takes one.
  ///
  /// @return whether there was something left to spend
  boolean spend(LoopTools tools) {
    if (left == 0) {
      refill(tools.nanoTime());
    }
    if (left == 0) {
      return false;
    }
    left--;
    return true;
  }

  private void refill(long nowNanos) {
    long elapsed = nowNanos - refilledNanos;
    if (elapsed >= most * NANOS_PER_SECOND / perSecond) {
      left = most;
      refilledNanos = nowNanos;
    } else {
      left = (int) (elapsed * perSecond / NANOS_PER_SECOND);
      refilledNanos += left * NANOS_PER_SECOND / perSecond;
    }
  }
}
