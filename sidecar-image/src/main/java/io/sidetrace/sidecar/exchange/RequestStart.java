package io.sidetrace.sidecar.exchange;

import io.netty.buffer.ByteBuf;
import io.sidetrace.sidecar.codec.RequestHead;
import io.sidetrace.sidecar.tracing.Moment;

/// Begins an exchange, and makes the head that goes upstream: the client's, with the few lines that
/// may change. Event-loop confined.
final class RequestStart {
  private final HttpConnection connection;
  private final ClientAddresses addresses;
  private final LoopTools tools;

  RequestStart(HttpConnection connection, ClientAddresses addresses, LoopTools tools) {
    this.connection = connection;
    this.addresses = addresses;
    this.tools = tools;
  }

  Exchange begin(RequestHead head, ListenerBehaviour.Http http, Destination destination) {
    tools.edits.clear();
    tools.counters.increment(Counter.REQUESTS);
    tools.counters.increment(Counter.REQUESTS_ACTIVE);
    Exchange exchange = new Exchange(http, head, addresses, tools.nanoTime());
    exchange.requestFieldBytes = head.fields().fieldBytes();
    exchange.routed(destination);
    exchange.trace =
        tools.tracing.start(
            http, destination.route(), connection.client.peerAddress(), tools.edits);
    tools.changeRequest(exchange, tools.http1);
    exchange.requestFields = http.needs().keepRequest(tools.http1.request());
    return exchange;
  }

  /// Tells the access log of what is answered although it was no request.
  void refused(LocalReply reply, ListenerBehaviour.Http http) {
    http.accessLog().log(new RefusedRequest(reply, addresses));
  }

  /// The head as it goes upstream; moves the reader index behind the one that came.
  ByteBuf outgoing(Exchange exchange, ByteBuf in, int length) {
    RequestHead head = tools.requestHead;
    exchange.mark(Moment.FIRST_UPSTREAM_TX_BYTE_SENT);
    if (head.offersHttp2()) {
      Http2Offer.strip(head.fields(), tools.edits);
    }
    if (tools.edits.count() == 0) {
      return in.readRetainedSlice(length);
    }
    in.skipBytes(length);
    return tools.edits.apply(head.fields(), in.alloc());
  }
}
