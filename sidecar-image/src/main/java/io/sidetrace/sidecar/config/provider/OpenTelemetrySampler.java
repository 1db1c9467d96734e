package io.sidetrace.sidecar.config.provider;

import io.sidetrace.sidecar.trace.Dialect.ParentRule;
import io.sidetrace.sidecar.trace.SamplerChoice;

/// What OpenTelemetry's `sampler` comes to: whether a parent's decision counts, and who decides
/// else. None of them samples what Envoy's own shares leave out.
///
/// @param name for people: `parent_based(trace_id_ratio_based(0.25))`
public record OpenTelemetrySampler(String name, ParentRule parentRule, SamplerChoice root) {
  /// Where no sampler is given, a parent's flag and Envoy's shares decide.
  public static final OpenTelemetrySampler NONE =
      new OpenTelemetrySampler("", ParentRule.BOTH, new SamplerChoice.RequestId());
}
