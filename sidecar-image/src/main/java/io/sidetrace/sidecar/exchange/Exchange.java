package io.sidetrace.sidecar.exchange;

import io.sidetrace.sidecar.codec.RequestHead;
import io.sidetrace.sidecar.codec.ResponseHead;
import io.sidetrace.sidecar.tracing.Moment;
import io.sidetrace.sidecar.tracing.Outcome;
import io.sidetrace.sidecar.tracing.Outcome.Attempt;
import io.sidetrace.sidecar.tracing.Outcome.End;
import io.sidetrace.sidecar.tracing.RequestTrace;
import org.jspecify.annotations.Nullable;

/// One request and its response: everything that is known of them, so that pipelined requests on
/// one connection never meet. Event-loop confined.
final class Exchange {
  /// The configuration under which it began; a change does not touch it.
  final ListenerBehaviour.Http http;

  final ResponseHead.Request method;

  /// Whether another protocol, or a tunnel, may follow the response on this connection.
  final boolean maySwitch;

  final boolean clientKeepsAlive;
  final long startedNanos;

  /// Where the request went; null when nowhere.
  @Nullable UpstreamLink link;

  String cluster = "";
  @Nullable RequestTrace trace;
  boolean requestEnded;
  boolean responseStarted;
  boolean responseEnded;

  /// Whether the client's connection is closed behind the response.
  boolean closesClient;

  int status;
  long requestBytes;
  long responseBytes;
  String flag = ResponseFlag.NONE;

  /// The status of the upstream's own response; 0 without one.
  int upstreamStatus;

  /// How the upstream's connection ended under this exchange; null when it did not.
  WireUser.@Nullable Ending upstreamEnding;

  private boolean finished;

  Exchange(ListenerBehaviour.Http http, RequestHead head, long startedNanos) {
    this.http = http;
    this.method = methodOf(head);
    this.maySwitch = head.asksUpgrade() || method == ResponseHead.Request.CONNECT;
    this.clientKeepsAlive = head.keepsAlive();
    this.startedNanos = startedNanos;
  }

  private static ResponseHead.Request methodOf(RequestHead head) {
    if (head.isMethod("HEAD")) {
      return ResponseHead.Request.HEAD;
    }
    return head.isMethod("CONNECT") ? ResponseHead.Request.CONNECT : ResponseHead.Request.OTHER;
  }

  /// The last of the request has come, and gone on.
  void endRequest() {
    requestEnded = true;
    mark(Moment.LAST_DOWNSTREAM_RX_BYTE_RECEIVED);
    if (link != null) {
      mark(Moment.LAST_UPSTREAM_TX_BYTE_SENT);
    }
  }

  /// The last of the response has been written to the client.
  void endResponse() {
    responseEnded = true;
    mark(Moment.LAST_DOWNSTREAM_TX_BYTE_SENT);
  }

  /// The response is one of our own.
  void answeredBy(LocalReply reply) {
    status = reply.status();
    responseBytes = method == ResponseHead.Request.HEAD ? 0 : reply.body().length();
  }

  /// Something happened just now that verbose spans tell of.
  void mark(Moment moment) {
    if (trace != null) {
      trace.mark(moment);
    }
  }

  /// Ends the exchange and its span; only the first call counts.
  void finish(LoopTools tools) {
    if (finished) {
      return;
    }
    finished = true;
    tools.counters.decrement(Counter.REQUESTS_ACTIVE);
    if (trace != null) {
      Attempt attempt = link == null ? null : new Attempt(link.address(), attemptEnd());
      tools.tracing.finish(
          trace, new Outcome(status, requestBytes, responseBytes, flag, cluster, attempt));
    }
  }

  private End attemptEnd() {
    if (upstreamStatus != 0) {
      return new End.Answered(upstreamStatus);
    }
    return switch (upstreamEnding) {
      case null -> new End.Canceled();
      case CLOSED, RESET -> new End.Lost(LocalReply.resetReason(upstreamEnding));
      case REFUSED, TIMED_OUT -> new End.NotConnected(LocalReply.resetReason(upstreamEnding));
    };
  }

  /// Ends the exchange because something went wrong.
  void fail(String why, LoopTools tools) {
    if (flag.equals(ResponseFlag.NONE)) {
      flag = why;
    }
    finish(tools);
  }
}
