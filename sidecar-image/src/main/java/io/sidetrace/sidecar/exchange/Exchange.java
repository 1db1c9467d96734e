package io.sidetrace.sidecar.exchange;

import io.sidetrace.sidecar.codec.RequestHead;
import io.sidetrace.sidecar.codec.ResponseHead;
import org.jspecify.annotations.Nullable;

/// A request and its response on an HTTP/1 connection, so that pipelined requests on one connection
/// never meet. Event-loop confined.
final class Exchange extends HttpExchange {
  final ResponseHead.Request method;

  /// Whether another protocol, or a tunnel, may follow the response on this connection.
  final boolean maySwitch;

  final boolean clientKeepsAlive;

  /// Where the request went; null when nowhere.
  @Nullable UpstreamLink link;

  /// Whether the client's connection is closed behind the response.
  boolean closesClient;

  Exchange(
      ListenerBehaviour.Http http, RequestHead head, ClientAddresses addresses, long startedNanos) {
    super(http, head.isHttp11() ? "HTTP/1.1" : "HTTP/1.0", addresses, startedNanos);
    this.method = methodOf(head);
    this.maySwitch = head.asksUpgrade() || method == ResponseHead.Request.CONNECT;
    this.clientKeepsAlive = head.keepsAlive();
  }

  private static ResponseHead.Request methodOf(RequestHead head) {
    if (head.isMethod("HEAD")) {
      return ResponseHead.Request.HEAD;
    }
    return head.isMethod("CONNECT") ? ResponseHead.Request.CONNECT : ResponseHead.Request.OTHER;
  }

  /// The response is one of our own.
  void answeredBy(LocalReply reply) {
    status = reply.status();
    responseBytes = method == ResponseHead.Request.HEAD ? 0 : reply.body().length();
  }

  @Override
  @Nullable String upstreamAddress() {
    return link == null ? null : link.address();
  }

  /// A response behind which another protocol follows has no end.
  @Override
  boolean wasAnswered() {
    return responseEnded || maySwitch;
  }
}
