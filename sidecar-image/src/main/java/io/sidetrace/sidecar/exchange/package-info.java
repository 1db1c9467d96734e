/// One exchange's life: a request comes, is routed and traced and goes upstream; its response comes
/// back.
///
/// `accept` hands in connections: [io.sidetrace.sidecar.exchange.Exchanges] opens a
/// [io.sidetrace.sidecar.exchange.ListenerService] per listener, which takes each connection to a
/// `ConnectionStart`. That asks `intercept` where it was meant to go and what it speaks, and makes
/// it an `HttpConnection`, an `Http2Connection` or, for all that is not HTTP, a `TcpConnection`,
/// which is relayed as it is and may become a span as a whole.
///
/// ```
/// client Wire → HttpConnection → Exchange → Upstreams → UpstreamLink → upstream Wire
///                    ↓ tracing (TracingBoundary)  ↑ routes (RouteTable)
///                    ↓ accesslog (ExchangeView: what format strings ask of an exchange)
/// ```
///
/// HTTP/2 stays what it is: one upstream connection, the same streams on both sides, and each frame
/// passed on by the `FrameRelay` of its direction. Only header blocks are read.
///
/// ```
/// client Wire → FrameRelay → RequestSide → Http2Stream ← ResponseSide ← FrameRelay ← upstream Wire
///                    ↓ FrameOutput (upstream)              (client) FrameOutput ↓
/// ```
///
/// Everything of a connection stays on one event loop; what connections share is in `LoopTools`.
@NullMarked
package io.sidetrace.sidecar.exchange;

import org.jspecify.annotations.NullMarked;
