package io.sidetrace.sidecar.tracing;

import io.sidetrace.sidecar.config.provider.Zipkin;
import io.sidetrace.sidecar.trace.Dialect;
import io.sidetrace.sidecar.trace.Dialect.TraceIds;

/// The settings of spans' identifiers that tests vary, in Zipkin's dialect.
record SpanIds(boolean traceId128Bit, boolean sharedSpanContext, boolean spawnUpstreamSpan) {
  Dialect dialect() {
    return new Zipkin(
            "",
            "",
            "",
            Zipkin.Version.HTTP_JSON,
            traceId128Bit ? TraceIds.ROOT_SPAN_128 : TraceIds.ROOT_SPAN_64,
            sharedSpanContext)
        .dialect();
  }
}
