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
  final EditedHeads http1;
  final EditedHeads http2;

  LoopTools(EventLoop loop, Clusters clusters, Counters counters) {
    this.loop = loop;
    this.clusters = clusters;
    this.counters = counters;
    this.tracing = new TracingBoundary(counters, scanned);
    this.http1 = EditedHeads.of(edits, new RequestFields(scanned), responseHead.fields()::first);
    this.http2 = EditedHeads.of(edits, new RequestFields(http2Request), fields::first);
  }

  /// Applies what the configuration changes in a request head.
  void changeRequest(HttpExchange exchange, EditedHeads heads) {
    if (exchange.route != null) {
      ExchangeFacts facts = view.of(exchange, heads.changing(), KeptFields.NONE);
      exchange.route.changes().request(facts, heads.changing(), edits);
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
