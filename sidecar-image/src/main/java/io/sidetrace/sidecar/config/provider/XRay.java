package io.sidetrace.sidecar.config.provider;

import io.sidetrace.sidecar.config.document.Value;
import io.sidetrace.sidecar.trace.Dialect;
import io.sidetrace.sidecar.trace.Dialect.ParentRule;
import io.sidetrace.sidecar.trace.Dialect.SpanNaming;
import io.sidetrace.sidecar.trace.Dialect.TraceIds;
import io.sidetrace.sidecar.trace.Dialect.Unsampled;
import io.sidetrace.sidecar.trace.HeaderFormat;
import io.sidetrace.sidecar.trace.SamplerChoice.XRayRule;
import io.sidetrace.sidecar.trace.SamplerChoice.XRayRules;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// AWS X-Ray by its daemon.
///
/// @param segmentName names all segments; empty: the node's cluster does
/// @param daemon where datagrams go, unless a cluster is named for them
/// @param rules who decides where no header does
/// @param origin the kind of AWS resource; empty: none
/// @param aws what is known of that resource
public record XRay(
    String segmentName, InetSocketAddress daemon, XRayRules rules, String origin, Value.Mapping aws)
    implements Provider {
  /// X-Ray's own: the first request of each second, and 5 % of the others.
  public static final XRayRules DEFAULT_RULES =
      new XRayRules(List.of(), new XRayRule("*", "*", "*", 1, 0.05));

  @Override
  public Dialect dialect() {
    List<HeaderFormat> formats = List.of(HeaderFormat.XRAY);
    return new Dialect(
        TraceIds.TIMESTAMPED_128,
        false,
        SpanNaming.DIRECTION,
        ParentRule.PARENT,
        Unsampled.DROPPED,
        formats,
        formats,
        rules);
  }

  @Override
  public String extension() {
    return "envoy.tracers.xray";
  }

  @Override
  public Map<String, Object> settings() {
    var settings = new LinkedHashMap<String, Object>();
    settings.put("segment_name", segmentName);
    settings.put("daemon_endpoint", daemon.getHostString() + ":" + daemon.getPort());
    settings.put("sampling_rules", rules.rules().stream().map(XRay::text).toList());
    settings.put("default_sampling_rule", text(rules.otherwise()));
    settings.put("origin", origin);
    return settings;
  }

  private static String text(XRayRule rule) {
    return "%s %s%s: %d/s, then %s"
        .formatted(rule.method(), rule.host(), rule.path(), rule.fixedTarget(), rule.rate());
  }
}
