package io.sidetrace.sidecar.config.provider;

import io.sidetrace.sidecar.trace.Dialect;
import io.sidetrace.sidecar.trace.Dialect.ParentRule;
import io.sidetrace.sidecar.trace.Dialect.SpanNaming;
import io.sidetrace.sidecar.trace.Dialect.TraceIds;
import io.sidetrace.sidecar.trace.Dialect.Unsampled;
import io.sidetrace.sidecar.trace.HeaderFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Zipkin and what speaks its API.
///
/// @param collectorEndpoint the path that spans are posted to
/// @param collectorHostname the Host field; the cluster's name where not given
/// @param sharedSpanContext whether a server span takes over its caller's span id
public record Zipkin(
    String collectorCluster,
    String collectorEndpoint,
    String collectorHostname,
    Version version,
    TraceIds traceIds,
    boolean sharedSpanContext,
    TraceContextOption traceContextOption)
    implements Provider {

  /// The encoding of spans.
  public enum Version {
    HTTP_JSON_V1,
    HTTP_JSON,
    HTTP_PROTO
  }

  /// The headers that contexts are read from and written into.
  public enum TraceContextOption {
    USE_B3,
    /// W3C's too: read where there is no B3, written beside it.
    USE_B3_WITH_W3C_PROPAGATION
  }

  /// Zipkin's spans with B3 headers only.
  public Zipkin(
      String collectorCluster,
      String collectorEndpoint,
      String collectorHostname,
      Version version,
      TraceIds traceIds,
      boolean sharedSpanContext) {
    this(
        collectorCluster,
        collectorEndpoint,
        collectorHostname,
        version,
        traceIds,
        sharedSpanContext,
        TraceContextOption.USE_B3);
  }

  @Override
  public Dialect dialect() {
    List<HeaderFormat> formats =
        switch (traceContextOption) {
          case USE_B3 -> List.of(HeaderFormat.B3_AS_RECEIVED);
          case USE_B3_WITH_W3C_PROPAGATION ->
              List.of(HeaderFormat.B3_AS_RECEIVED, HeaderFormat.TRACECONTEXT);
        };
    return new Dialect(
        traceIds,
        sharedSpanContext,
        SpanNaming.AUTHORITY,
        ParentRule.PARENT,
        Unsampled.DROPPED,
        formats,
        formats);
  }

  @Override
  public String extension() {
    return "envoy.tracers.zipkin";
  }

  @Override
  public Map<String, Object> settings() {
    var settings = new LinkedHashMap<String, Object>();
    settings.put("collector_cluster", collectorCluster);
    settings.put("collector_endpoint", collectorEndpoint);
    settings.put("collector_hostname", collectorHostname);
    settings.put("collector_endpoint_version", version);
    settings.put("trace_id_128bit", wide());
    settings.put("timestamp_trace_ids", timestamped());
    settings.put("shared_span_context", sharedSpanContext);
    settings.put("trace_context_option", traceContextOption);
    return settings;
  }

  private boolean wide() {
    return switch (traceIds) {
      case ROOT_SPAN_64, TIMESTAMPED_64 -> false;
      case ROOT_SPAN_128, RANDOM_128, TIMESTAMPED_128, TIMESTAMPED_ROOT_SPAN_128 -> true;
    };
  }

  private boolean timestamped() {
    return switch (traceIds) {
      case ROOT_SPAN_64, ROOT_SPAN_128, RANDOM_128 -> false;
      case TIMESTAMPED_64, TIMESTAMPED_128, TIMESTAMPED_ROOT_SPAN_128 -> true;
    };
  }
}
