package io.sidetrace.sidecar.exchange;

import io.sidetrace.sidecar.propagation.HeaderReader;
import io.sidetrace.sidecar.tracing.Outcome;
import io.sidetrace.sidecar.tracing.RequestTrace;
import io.sidetrace.sidecar.tracing.SpanClock;
import org.jspecify.annotations.Nullable;

/// One request and its response, by whichever version of HTTP: everything that is told of them.
/// Event-loop confined.
abstract sealed class HttpExchange permits Exchange, Http2Stream {
  /// The configuration under which it began; a change does not touch it.
  final ListenerBehaviour.Http http;

  final ClientAddresses addresses;
  final String protocol;
  final long startedNanos;

  /// When the request's head came, in microseconds of the epoch.
  final long startMicros = SpanClock.systemMicros();

  String cluster = "";

  /// For the response, from the request's end on; zero: no limit.
  long timeoutNanos;

  /// When the request had ended and it was this exchange's turn to be answered.
  long awaitedSinceNanos;

  /// Null: no route matched.
  @Nullable RouteEntry route;

  @Nullable RequestTrace trace;
  boolean requestEnded;
  boolean responseStarted;
  boolean responseEnded;
  int status;
  long requestBytes;
  long responseBytes;
  String flag = ResponseFlag.NONE;

  /// When the upstream's response head came; 0 as long as none has.
  long respondedNanos;

  /// When the exchange ended; 0 as long as it has not.
  long endedNanos;

  /// Bytes of the fields' names and values.
  int requestFieldBytes;

  int responseFieldBytes;

  /// What formats will ask of heads that are gone by then.
  HeaderReader requestFields = KeptFields.NONE;

  HeaderReader responseFields = KeptFields.NONE;
  private boolean finished;

  HttpExchange(
      ListenerBehaviour.Http http, String protocol, ClientAddresses addresses, long startedNanos) {
    this.http = http;
    this.protocol = protocol;
    this.addresses = addresses;
    this.startedNanos = startedNanos;
  }

  /// `ip:port` of where the request went; empty when nowhere.
  abstract String upstreamAddress();

  final void routed(Destination destination) {
    RouteEntry matched = destination.route();
    cluster = destination.clusterName();
    route = matched;
    timeoutNanos = matched == null ? 0 : matched.timeoutNanos();
  }

  /// Ends the exchange and its span; only the first call counts.
  final void finish(LoopTools tools) {
    if (finished) {
      return;
    }
    finished = true;
    tools.counters.decrement(Counter.REQUESTS_ACTIVE);
    endedNanos = tools.nanoTime();
    if (trace != null) {
      tools.tracing.finish(
          trace,
          new Outcome(
              status,
              requestBytes,
              responseBytes,
              flag,
              cluster,
              upstreamAddress(),
              tools.view.of(this)));
    }
    http.accessLog().log(tools.view.of(this));
  }

  /// Ends the exchange because something went wrong.
  final void fail(String why, LoopTools tools) {
    if (flag.equals(ResponseFlag.NONE)) {
      flag = why;
    }
    finish(tools);
  }
}
