package io.sidetrace.operator.render;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sidetrace.operator.api.Endpoint;
import io.sidetrace.operator.api.ProviderChoice;

/// The clusters: where redirected connections were going, and the collector.
final class ClusterTree {
  private static final String TYPE = "type.googleapis.com/envoy.config.cluster.v3.Cluster";

  private static final String HTTP_OPTIONS =
      "envoy.extensions.upstreams.http.v3.HttpProtocolOptions";

  private ClusterTree() {}

  /// The connect timeout is far above the operating system's own limit in practice, so that what
  /// the application would have waited for it still waits for.
  static ObjectNode originalDestination(String name) {
    var cluster =
        JsonNodeFactory.instance
            .objectNode()
            .put("@type", TYPE)
            .put("name", name)
            .put("type", "ORIGINAL_DST")
            .put("lb_policy", "CLUSTER_PROVIDED")
            .put("connect_timeout", "120s");
    speaksAsItsClient(cluster.putObject("typed_extension_protocol_options"));
    return cluster;
  }

  /// What came as HTTP/2 goes on as HTTP/2.
  private static void speaksAsItsClient(ObjectNode options) {
    var asClient =
        options
            .putObject(HTTP_OPTIONS)
            .put("@type", "type.googleapis.com/" + HTTP_OPTIONS)
            .putObject("use_downstream_protocol_config");
    asClient.putObject("http_protocol_options");
    asClient.putObject("http2_protocol_options");
  }

  static ObjectNode collector(CollectorTarget target, ProviderChoice.Transport transport) {
    var collector = target.collector();
    var cluster =
        JsonNodeFactory.instance
            .objectNode()
            .put("@type", TYPE)
            .put("name", target.cluster())
            .put("type", collector.type().name())
            .put("connect_timeout", Seconds.format(collector.connectTimeout()))
            .put("lb_policy", collector.lbPolicy().name());
    if (transport == ProviderChoice.Transport.GRPC) {
      speaksHttp2(cluster.putObject("typed_extension_protocol_options"));
    }
    if (collector.tls() != null) {
      cluster.set("transport_socket", TlsTree.of(collector.tls(), target));
    }
    var assignment = cluster.putObject("load_assignment").put("cluster_name", target.cluster());
    var list = assignment.putArray("endpoints").addObject().putArray("lb_endpoints");
    target.endpoints().forEach(endpoint -> addEndpoint(list.addObject(), endpoint));
    return cluster;
  }

  /// As gRPC needs it.
  private static void speaksHttp2(ObjectNode options) {
    options
        .putObject(HTTP_OPTIONS)
        .put("@type", "type.googleapis.com/" + HTTP_OPTIONS)
        .putObject("explicit_http_config")
        .putObject("http2_protocol_options");
  }

  private static void addEndpoint(ObjectNode tree, Endpoint endpoint) {
    tree.putObject("endpoint")
        .putObject("address")
        .putObject("socket_address")
        .put("address", endpoint.address())
        .put("port_value", endpoint.port());
  }
}
