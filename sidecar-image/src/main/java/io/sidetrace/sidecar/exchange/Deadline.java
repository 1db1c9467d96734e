package io.sidetrace.sidecar.exchange;

import org.jspecify.annotations.Nullable;

/// When something that is waited for will have taken too long.
record Deadline(Limit limit, long atNanos) {
  /// What has taken too long.
  enum Limit {
    /// A next request.
    IDLE,
    /// The rest of a request's head.
    HEAD,
    /// Any byte of a request or its response.
    STREAM,
    /// The end of a response.
    ROUTE
  }

  /// Null where there is no limit.
  ///
  /// @param nanos zero: no limit
  static @Nullable Deadline of(Limit limit, long since, long nanos) {
    return nanos == 0 ? null : new Deadline(limit, since + nanos);
  }

  /// Of an exchange that is under way; null where it has no limit.
  ///
  /// @param lastEventNanos when it was last heard of
  static @Nullable Deadline of(HttpExchange exchange, long lastEventNanos) {
    return earlier(
        of(Limit.STREAM, lastEventNanos, exchange.http.limits().streamIdle()),
        of(Limit.ROUTE, exchange.awaitedSinceNanos, routeLimit(exchange)));
  }

  /// A route's limit holds from the end of the request to the end of the response.
  private static long routeLimit(HttpExchange exchange) {
    return exchange.requestEnded ? exchange.timeoutNanos : 0;
  }

  static @Nullable Deadline earlier(@Nullable Deadline one, @Nullable Deadline other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.atNanos - other.atNanos <= 0 ? one : other;
  }

  boolean hasPassed(long nowNanos) {
    return atNanos - nowNanos <= 0;
  }
}
