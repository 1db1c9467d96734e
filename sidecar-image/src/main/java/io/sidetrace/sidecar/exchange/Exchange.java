package io.sidetrace.sidecar.exchange;

import io.sidetrace.sidecar.codec.RequestHead;
import io.sidetrace.sidecar.codec.ResponseHead;
import io.sidetrace.sidecar.tracing.Outcome;
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

  /// Ends the exchange and its span; only the first call counts.
  void finish(LoopTools tools) {
    if (finished) {
      return;
    }
    finished = true;
    tools.counters.decrement(Counter.REQUESTS_ACTIVE);
    if (trace != null) {
      String address = link == null ? "" : link.address();
      tools.tracing.finish(
          trace, new Outcome(status, requestBytes, responseBytes, flag, cluster, address));
    }
  }

  /// Ends the exchange because something went wrong.
  void fail(String why, LoopTools tools) {
    if (flag.equals(ResponseFlag.NONE)) {
      flag = why;
    }
    finish(tools);
  }
}
