package io.sidetrace.sidecar.exchange;

import io.netty.channel.EventLoop;
import io.sidetrace.sidecar.codec.RequestHead;
import io.sidetrace.sidecar.codec.ResponseHead;
import io.sidetrace.sidecar.codec.http2.HeaderFields;
import io.sidetrace.sidecar.format.ExchangeFacts;
import io.sidetrace.sidecar.propagation.HeaderReader;
import io.sidetrace.sidecar.upstream.Clusters;

/// What all connections of one event loop share, so that a connection at rest costs little: the
/// head of the moment, its edits, and what is there once anyway. Confined to that loop; whoever
/// uses a head is done with it before returning to the loop.
final class LoopTools {
  final EventLoop loop;
  final Clusters clusters;
  final Counters counters;
  final RequestHead requestHead = new RequestHead();
  final ScannedRequest scanned = new ScannedRequest(requestHead);
  final ResponseHead responseHead = new ResponseHead();
  final HeaderEdits edits = new HeaderEdits();

  /// The header block of the moment, of either direction.
  final HeaderFields fields = new HeaderFields();

  final Http2Request http2Request = new Http2Request(fields);
  final TracingBoundary tracing;
  final ExchangeView view = new ExchangeView(this);
  private final HeaderReader editedRequest;
  private final HeaderReader editedResponse;
  private final HeaderReader editedHttp2Request;
  private final HeaderReader editedHttp2Response;

  LoopTools(EventLoop loop, Clusters clusters, Counters counters) {
    this.loop = loop;
    this.clusters = clusters;
    this.counters = counters;
    this.tracing = new TracingBoundary(counters, scanned);
    this.editedRequest = edits.over(new RequestFields(scanned));
    this.editedResponse = edits.over(responseHead.fields()::first);
    this.editedHttp2Request = edits.over(new RequestFields(http2Request));
    this.editedHttp2Response = edits.over(fields::first);
  }

  /// The request head of the moment as its edits leave it; the names of format strings are
  /// understood.
  HeaderReader editedRequest() {
    return editedRequest;
  }

  /// The response head of the moment as its edits leave it.
  HeaderReader editedResponse() {
    return editedResponse;
  }

  /// The header block of the moment, a request's, as its edits leave it.
  HeaderReader editedHttp2Request() {
    return editedHttp2Request;
  }

  /// The header block of the moment, a response's, as its edits leave it.
  HeaderReader editedHttp2Response() {
    return editedHttp2Response;
  }

  /// Applies what the configuration changes in a request head.
  ///
  /// @param request the head as the edits leave it
  void changeRequest(HttpExchange exchange, HeaderReader request) {
    if (exchange.route != null) {
      ExchangeFacts facts = view.of(exchange, request, KeptFields.NONE);
      exchange.route.changes().request(facts, request, edits);
    }
  }

  /// Applies what the configuration changes in a response head.
  ///
  /// @param response the head as the edits leave it
  void changeResponse(HttpExchange exchange, HeaderReader response) {
    if (exchange.route != null) {
      ExchangeFacts facts = view.of(exchange, exchange.requestFields, response);
      exchange.route.changes().response(facts, response, edits);
    }
  }

  /// Now, on the loop's clock.
  long nanoTime() {
    return loop.ticker().nanoTime();
  }
}
