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

/// Apache SkyWalking, by its OAP server.
///
/// @param service the call that takes segments
/// @param serviceName empty: the node's cluster
/// @param instanceName empty: the node's id
/// @param backendToken proves to the server who sends; its text is empty where none is given
public record SkyWalking(
    OtlpService.Grpc service,
    String serviceName,
    String instanceName,
    MessageField.Source.Inline backendToken)
    implements Provider {
  /// In the place of a name that nobody gave: SkyWalking takes no empty ones.
  private static final String UNKNOWN = "-";

  /// A trace that is not sampled says nothing, as SkyWalking's own agents.
  @Override
  public Dialect dialect() {
    List<HeaderFormat> formats = List.of(HeaderFormat.SW8);
    return new Dialect(
        TraceIds.RANDOM_128,
        false,
        SpanNaming.DIRECTION,
        ParentRule.PARENT,
        Unsampled.DROPPED,
        formats,
        formats);
  }

  @Override
  public boolean injectsUnsampled() {
    return false;
  }

  /// Of spans as of contexts.
  @Override
  public String serviceOf(String cluster) {
    return firstGiven(serviceName, cluster);
  }

  @Override
  public String instanceOf(String id) {
    return firstGiven(instanceName, id);
  }

  private static String firstGiven(String first, String second) {
    String name = first.isEmpty() ? second : first;
    return name.isEmpty() ? UNKNOWN : name;
  }

  @Override
  public String extension() {
    return "envoy.tracers.skywalking";
  }

  @Override
  public Map<String, Object> settings() {
    var settings = new LinkedHashMap<String, Object>();
    settings.put("grpc_service.envoy_grpc.cluster_name", service.cluster());
    settings.put("grpc_service.envoy_grpc.authority", service.authority());
    settings.put("client_config.service_name", serviceName);
    settings.put("client_config.instance_name", instanceName);
    return settings;
  }
}
