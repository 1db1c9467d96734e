package io.sidetrace.sidecar.exchange;

import io.netty.channel.EventLoop;
import io.sidetrace.sidecar.codec.RequestHead;
import io.sidetrace.sidecar.codec.ResponseHead;
import io.sidetrace.sidecar.codec.http2.HeaderFields;
import io.sidetrace.sidecar.upstream.Clusters;

/// What all connections of one event loop share, so that a connection at rest costs little: the
/// head of the moment, its edits, and what is there once anyway. Confined to that loop; whoever
/// uses a head is done with it before returning to the loop.
final class LoopTools {
  final EventLoop loop;
  final Clusters clusters;
  final Counters counters;
  final RequestHead requestHead = new RequestHead();
  final ResponseHead responseHead = new ResponseHead();
  final HeaderEdits edits = new HeaderEdits();

  /// The header block of the moment, of either direction.
  final HeaderFields fields = new HeaderFields();

  final Http2Request http2Request = new Http2Request(fields);
  final TracingBoundary tracing;

  LoopTools(EventLoop loop, Clusters clusters, Counters counters) {
    this.loop = loop;
    this.clusters = clusters;
    this.counters = counters;
    this.tracing = new TracingBoundary(counters, new ScannedRequest(requestHead));
  }

  /// Now, on the loop's clock.
  long nanoTime() {
    return loop.ticker().nanoTime();
  }
}
