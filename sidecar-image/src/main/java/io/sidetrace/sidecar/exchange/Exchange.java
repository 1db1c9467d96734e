package io.sidetrace.sidecar.exchange;

import io.sidetrace.sidecar.codec.RequestHead;
import io.sidetrace.sidecar.codec.ResponseHead;
import io.sidetrace.sidecar.propagation.HeaderReader;
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
  final String protocol;

  /// Where the request went; null when nowhere.
  @Nullable UpstreamLink link;

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

  /// Whether the client's connection is closed behind the response.
  boolean closesClient;

  int status;
  long requestBytes;
  long responseBytes;
  String flag = ResponseFlag.NONE;

  /// When the request's head came, in microseconds of the epoch.
  long startMicros;

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
  final ClientAddresses addresses;
  private boolean finished;

  Exchange(
      ListenerBehaviour.Http http, RequestHead head, ClientAddresses addresses, long startedNanos) {
    this.http = http;
    this.addresses = addresses;
    this.method = methodOf(head);
    this.maySwitch = head.asksUpgrade() || method == ResponseHead.Request.CONNECT;
    this.clientKeepsAlive = head.keepsAlive();
    this.startedNanos = startedNanos;
    this.protocol = head.isHttp11() ? "HTTP/1.1" : "HTTP/1.0";
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
    endedNanos = tools.nanoTime();
    if (trace != null) {
      String address = link == null ? "" : link.address();
      tools.tracing.finish(
          trace,
          new Outcome(
              status, requestBytes, responseBytes, flag, cluster, address, tools.view.of(this)));
    }
    http.accessLog().log(tools.view.of(this));
  }

  /// Ends the exchange because something went wrong.
  void fail(String why, LoopTools tools) {
    if (flag.equals(ResponseFlag.NONE)) {
      flag = why;
    }
    finish(tools);
  }
}
