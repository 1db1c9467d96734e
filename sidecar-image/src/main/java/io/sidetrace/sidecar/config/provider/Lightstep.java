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

/// LightStep, whose collectors understand OpenTelemetry's protocol.
///
/// @param accessToken tells the project that spans are for
/// @param propagationModes the formats of contexts, read and written
public record Lightstep(
    String collectorCluster,
    MessageField.Source accessToken,
    List<PropagationMode> propagationModes)
    implements Provider {
  public Lightstep {
    propagationModes = List.copyOf(propagationModes);
  }

  /// Envoy's names of formats.
  public enum PropagationMode {
    ENVOY(HeaderFormat.LIGHTSTEP),
    LIGHTSTEP(HeaderFormat.OTTRACE),
    B3(HeaderFormat.B3MULTI),
    TRACE_CONTEXT(HeaderFormat.TRACECONTEXT);

    private final HeaderFormat format;

    PropagationMode(HeaderFormat format) {
      this.format = format;
    }
  }

  /// Identifiers have the 64 bits that its own headers can carry.
  @Override
  public Dialect dialect() {
    List<HeaderFormat> formats = propagationModes.stream().map(mode -> mode.format).toList();
    return new Dialect(
        TraceIds.ROOT_SPAN_64,
        false,
        SpanNaming.DIRECTION,
        ParentRule.LOCAL,
        Unsampled.DROPPED,
        formats,
        formats);
  }

  @Override
  public String extension() {
    return "envoy.tracers.lightstep";
  }

  @Override
  public Map<String, Object> settings() {
    var settings = new LinkedHashMap<String, Object>();
    settings.put("collector_cluster", collectorCluster);
    if (accessToken instanceof MessageField.Source.File(var path)) {
      settings.put("access_token_file", path.toString());
    }
    settings.put("propagation_modes", propagationModes);
    return settings;
  }
}
