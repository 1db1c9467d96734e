/// One exchange's life: a request comes, is routed and traced and goes upstream; its response comes
/// back.
///
/// `accept` hands in connections: [io.sidetrace.sidecar.exchange.Exchanges] opens a
/// [io.sidetrace.sidecar.exchange.ListenerService] per listener, which takes each connection to a
/// `ConnectionStart`. That asks `intercept` where it was meant to go and what it speaks, and makes
/// it an `HttpConnection` or, for all that is not HTTP/1, a `Relay`.
///
/// ```
/// client Wire → HttpConnection → Exchange → Upstreams → UpstreamLink → upstream Wire
///                    ↓ tracing (TracingBoundary)  ↑ routes (RouteTable)
///                    ↓ accesslog (ExchangeView: what format strings ask of an exchange)
/// ```
///
/// Everything of a connection stays on one event loop; what connections share is in `LoopTools`.
@NullMarked
package io.sidetrace.sidecar.exchange;

import org.jspecify.annotations.NullMarked;
