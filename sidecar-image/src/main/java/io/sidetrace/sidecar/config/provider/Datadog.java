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

/// Datadog by its agent.
///
/// @param serviceName whose spans these are; empty: the node's cluster's
/// @param collectorHostname the Host field
public record Datadog(String collectorCluster, String serviceName, String collectorHostname)
    implements Provider {

  /// What is not sampled is sent as well: the agent counts it for its statistics.
  @Override
  public Dialect dialect() {
    List<HeaderFormat> formats =
        List.of(HeaderFormat.DATADOG, HeaderFormat.TRACECONTEXT, HeaderFormat.BAGGAGE);
    return new Dialect(
        TraceIds.TIMESTAMPED_ROOT_SPAN_128,
        false,
        SpanNaming.DIRECTION,
        ParentRule.PARENT,
        Unsampled.SENT,
        formats,
        formats);
  }

  @Override
  public String extension() {
    return "envoy.tracers.datadog";
  }

  @Override
  public Map<String, Object> settings() {
    var settings = new LinkedHashMap<String, Object>();
    settings.put("collector_cluster", collectorCluster);
    settings.put("service_name", serviceName);
    settings.put("collector_hostname", collectorHostname);
    return settings;
  }
}
