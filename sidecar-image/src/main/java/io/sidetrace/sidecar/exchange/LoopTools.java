package io.sidetrace.sidecar.exchange;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.sidetrace.sidecar.codec.RequestHead;
import io.sidetrace.sidecar.codec.ResponseHead;
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

  /// The request head of the moment as it goes upstream; moves the reader index behind the one that
  /// came.
  ByteBuf outgoing(ByteBuf in, int length) {
    if (requestHead.offersHttp2()) {
      Http2Offer.strip(requestHead.fields(), edits);
    }
    if (edits.count() == 0) {
      return in.readRetainedSlice(length);
    }
    in.skipBytes(length);
    return edits.apply(requestHead.fields(), in.alloc());
  }
}
