package io.sidetrace.sidecar.exchange;

import io.sidetrace.sidecar.config.HttpConnectionManager;
import java.time.Duration;

/// How long HTTP connections and their requests may take, in nanoseconds; zero: without end.
///
/// @param idle for a connection without a request
/// @param streamIdle for a request during which nothing is heard of either side
/// @param requestHeaders from the first byte of a request's head to its last
/// @param shortest of these and of all routes' timeouts
record TimeLimits(long idle, long streamIdle, long requestHeaders, long shortest) {
  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

  static TimeLimits of(HttpConnectionManager http, RouteTable routes) {
    long idle = nanos(http.idleTimeout());
    long streamIdle = nanos(http.streamIdleTimeout());
    long requestHeaders = nanos(http.requestHeadersTimeout());
    long shortest =
        shorter(shorter(idle, streamIdle), shorter(requestHeaders, routes.shortestTimeout()));
    return new TimeLimits(idle, streamIdle, requestHeaders, shortest);
  }

  /// For the head of a request: a request begins with its first byte, so both limits hold.
  long head() {
    return shorter(requestHeaders, streamIdle);
  }

  /// The shorter one of two limits, of which zero is none.
  static long shorter(long one, long other) {
    if (one == 0 || other == 0) {
      return one + other;
    }
    return Math.min(one, other);
  }

  /// A limit of more than 292 years, which no `long` holds, is as good as that.
  static long nanos(Duration limit) {
    return limit.compareTo(LONGEST) > 0 ? Long.MAX_VALUE : limit.toNanos();
  }
}
