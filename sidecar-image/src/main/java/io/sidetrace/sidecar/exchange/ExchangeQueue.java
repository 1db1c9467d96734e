package io.sidetrace.sidecar.exchange;

import io.sidetrace.sidecar.exchange.UpstreamLink.Role;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// The exchanges of one client's connection whose responses have not ended, in the order in which
/// they are answered. Event-loop confined.
final class ExchangeQueue {
  /// A client that pipelines deeper is read on when a response has come: it costs it no more than
  /// waiting, and us no memory.
  private static final int MAX_PIPELINED = 128;

  private final ArrayDeque<Exchange> exchanges = new ArrayDeque<>(2);

  void add(Exchange exchange) {
    exchanges.add(exchange);
  }

  @Nullable Exchange first() {
    return exchanges.peekFirst();
  }

  void removeFirst() {
    exchanges.removeFirst();
  }

  boolean isEmpty() {
    return exchanges.isEmpty();
  }

  int size() {
    return exchanges.size();
  }

  /// Whether the newest exchange must end before a next request may be looked at: it may turn the
  /// connection into something else, or the next one may have to go elsewhere.
  boolean mustSettle() {
    Exchange newest = exchanges.peekLast();
    return newest != null
        && (newest.maySwitch
            || newest.link == null
            || newest.link.role == Role.ROUTED
            || exchanges.size() >= MAX_PIPELINED);
  }

  void failAll(String flag, LoopTools tools) {
    for (Exchange exchange = exchanges.poll(); exchange != null; exchange = exchanges.poll()) {
      exchange.fail(flag, tools);
    }
  }

  /// The connection is relayed in the end; the bytes count for the exchange that led to it.
  void countRelayed(long sent, long received) {
    Exchange first = exchanges.peekFirst();
    if (first != null) {
      first.requestBytes += sent;
      first.responseBytes += received;
    }
  }
}
