package io.sidetrace.sidecar.admin;

import io.sidetrace.sidecar.config.ClusterDefinition;
import io.sidetrace.sidecar.config.SocketAddress;
import java.time.Duration;
import java.util.List;

/// A cluster in Envoy's form.
final class ClusterDump {
  private static final String HTTP_OPTIONS =
      "envoy.extensions.upstreams.http.v3.HttpProtocolOptions";

  private ClusterDump() {}

  static JsonObject of(ClusterDefinition cluster) {
    boolean originalDestination = cluster.type() == ClusterDefinition.Type.ORIGINAL_DST;
    JsonObject dump =
        new JsonObject()
            .put("name", cluster.name())
            .put("type", cluster.type())
            .put("connect_timeout", duration(cluster.connectTimeout()))
            .put("lb_policy", originalDestination ? "CLUSTER_PROVIDED" : "ROUND_ROBIN");
    if (cluster.http() == ClusterDefinition.Http.HTTP2) {
      dump.put("typed_extension_protocol_options", http2());
    }
    return originalDestination ? dump : dump.put("load_assignment", assignment(cluster));
  }

  private static JsonObject http2() {
    JsonObject explicit = new JsonObject().put("http2_protocol_options", new JsonObject());
    return new JsonObject()
        .put(
            HTTP_OPTIONS,
            new JsonObject()
                .put("@type", "type.googleapis.com/" + HTTP_OPTIONS)
                .put("explicit_http_config", explicit));
  }

  /// Seconds with as many decimals as needed, as protobuf writes durations.
  static String duration(Duration duration) {
    int nanos = duration.toNanosPart();
    if (nanos == 0) {
      return duration.toSeconds() + "s";
    }
    return duration.toSeconds() + ("." + "%09d".formatted(nanos)).replaceFirst("0+$", "") + "s";
  }

  static JsonObject address(SocketAddress address) {
    return new JsonObject()
        .put(
            "socket_address",
            new JsonObject().put("address", address.address()).put("port_value", address.port()));
  }

  private static JsonObject assignment(ClusterDefinition cluster) {
    List<JsonObject> endpoints =
        cluster.endpoints().stream()
            .map(address ->
                new JsonObject().put("endpoint", new JsonObject().put("address", address(address))))
            .toList();
    return new JsonObject()
        .put("cluster_name", cluster.name())
        .put("endpoints", List.of(new JsonObject().put("lb_endpoints", endpoints)));
  }
}
