package io.sidetrace.sidecar.exchange;

import io.netty.channel.EventLoop;
import io.sidetrace.sidecar.config.HttpConnectionManager;
import io.sidetrace.sidecar.config.Listener;
import io.sidetrace.sidecar.config.Route;
import io.sidetrace.sidecar.tracing.ConnectionTracer;
import io.sidetrace.sidecar.tracing.RequestTracer;
import io.sidetrace.sidecar.tracing.RouteOverride;
import org.jspecify.annotations.Nullable;

/// Makes what traces, from configuration; the composition root knows how. Called when a
/// configuration is applied, never per request.
public interface TracingFactory {
  /// A tracer for one loop; null where requests pass without tracing and without identifiers.
  @Nullable RequestTracer tracer(HttpConnectionManager http, Listener listener, EventLoop loop);

  /// A tracer that decides as the others do, and whose decisions neither make spans nor count.
  @Nullable RequestTracer rehearsal(HttpConnectionManager http, Listener listener);

  /// A tracer of connections that are not HTTP, for one loop; null where they make no spans.
  @Nullable ConnectionTracer connectionTracer(Listener listener, EventLoop loop);

  /// What the route says of tracing; null when nothing.
  @Nullable RouteOverride override(Route route);
}
