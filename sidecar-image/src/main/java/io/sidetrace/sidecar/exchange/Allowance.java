package io.sidetrace.sidecar.exchange;

/// How often a peer may do what costs others more than itself: so many times at once, and again as
/// time passes or as it does something useful. The clock is read only when nothing is left.
/// Event-loop confined.
final class Allowance {
  /// Frames that carry nothing, at once: Envoy's bound for frames that wait to be sent, as each may
  /// make its receiver answer.
  private static final int MOST_IDLE_FRAMES = 10_000;

  /// And in the long run: a peer that pings ten times a second is far from it.
  private static final int IDLE_FRAMES_PER_SECOND = 100;

  /// Requests that a client may give up before they are answered, at once: twice what Envoy takes
  /// before it looks at a client's habits.
  private static final int MOST_RESETS = 1000;

  /// And in the long run, beside one for each request that it lets be answered.
  private static final int RESETS_PER_SECOND = 100;

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

  static Allowance ofIdleFrames(LoopTools tools) {
    return new Allowance(MOST_IDLE_FRAMES, IDLE_FRAMES_PER_SECOND, tools.nanoTime());
  }

  static Allowance ofResets(LoopTools tools) {
    return new Allowance(MOST_RESETS, RESETS_PER_SECOND, tools.nanoTime());
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
