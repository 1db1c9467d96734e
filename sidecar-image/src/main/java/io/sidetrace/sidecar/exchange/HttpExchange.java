package io.sidetrace.sidecar.exchange;

import io.sidetrace.sidecar.exchange.WireUser.Ending;
import io.sidetrace.sidecar.propagation.HeaderReader;
import io.sidetrace.sidecar.tracing.Moment;
import io.sidetrace.sidecar.tracing.Outcome;
import io.sidetrace.sidecar.tracing.Outcome.Attempt;
import io.sidetrace.sidecar.tracing.Outcome.End;
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

  /// The status of the upstream's own response; 0 without one.
  int upstreamStatus;

  /// How the upstream ended under this exchange; null when it did not.
  @Nullable Ending upstreamEnding;

  private boolean finished;

  HttpExchange(
      ListenerBehaviour.Http http, String protocol, ClientAddresses addresses, long startedNanos) {
    this.http = http;
    this.protocol = protocol;
    this.addresses = addresses;
    this.startedNanos = startedNanos;
  }

  /// `ip:port` of where the request went; null when nowhere.
  abstract @Nullable String upstreamAddress();

  final void routed(Destination destination) {
    RouteEntry matched = destination.route();
    cluster = destination.clusterName();
    route = matched;
    timeoutNanos = matched == null ? 0 : matched.timeoutNanos();
  }

  /// The last of the request has come, and gone on.
  final void endRequest() {
    requestEnded = true;
    mark(Moment.LAST_DOWNSTREAM_RX_BYTE_RECEIVED);
    if (upstreamAddress() != null) {
      mark(Moment.LAST_UPSTREAM_TX_BYTE_SENT);
    }
  }

  /// The last of the response has been written to the client.
  final void endResponse() {
    responseEnded = true;
    if (upstreamStatus != 0) {
      mark(Moment.LAST_UPSTREAM_RX_BYTE_RECEIVED);
    }
    mark(Moment.LAST_DOWNSTREAM_TX_BYTE_SENT);
  }

  /// Something happened just now that verbose spans tell of.
  final void mark(Moment moment) {
    if (trace != null) {
      trace.mark(moment);
    }
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
      String address = upstreamAddress();
      Attempt attempt = address == null ? null : new Attempt(address, attemptEnd());
      tools.tracing.finish(
          trace,
          new Outcome(
              status, requestBytes, responseBytes, flag, cluster, attempt, tools.view.of(this)));
    }
    http.accessLog().log(tools.view.of(this));
  }

  private End attemptEnd() {
    return switch (upstreamEnding) {
      case REFUSED, TIMED_OUT -> new End.NotConnected(lossReason(upstreamEnding));
      case CLOSED, RESET -> new End.Lost(upstreamStatus, lossReason(upstreamEnding));
      case null ->
          upstreamStatus != 0 && wasAnswered()
              ? new End.Answered(upstreamStatus)
              : new End.Canceled(upstreamStatus);
    };
  }

  /// Whether the upstream's response is whole.
  boolean wasAnswered() {
    return responseEnded;
  }

  /// An answer that is cut short by an orderly end breaks the protocol, as Envoy sees it.
  private String lossReason(Ending how) {
    return upstreamStatus != 0 && how == Ending.CLOSED
        ? "protocol error"
        : LocalReply.resetReason(how);
  }

  /// Ends the exchange because something went wrong.
  final void fail(String why, LoopTools tools) {
    if (flag.equals(ResponseFlag.NONE)) {
      flag = why;
    }
    finish(tools);
  }
}
