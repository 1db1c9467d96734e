package io.sidetrace.operator.render;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sidetrace.operator.api.Collector;
import io.sidetrace.operator.api.Endpoint;
import io.sidetrace.operator.api.ServiceReference;
import java.math.BigDecimal;
import java.util.List;

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

  static ObjectNode collector(Collector collector, String namespace) {
    var service = collector.service();
    var endpoints = service == null ? collector.endpoints() : List.of(endpoint(service, namespace));
    var cluster =
        JsonNodeFactory.instance
            .objectNode()
            .put("@type", TYPE)
            .put("name", collector.name())
            .put("type", collector.type().name())
            .put("connect_timeout", seconds(collector.connectTimeout()))
            .put("lb_policy", collector.lbPolicy().name());
    var assignment = cluster.putObject("load_assignment").put("cluster_name", collector.name());
    var list = assignment.putArray("endpoints").addObject().putArray("lb_endpoints");
    endpoints.forEach(endpoint -> addEndpoint(list.addObject(), endpoint));
    return cluster;
  }

  /// Without the cluster's domain: it is not `cluster.local` everywhere, and every pod's resolver
  /// completes it.
  private static Endpoint endpoint(ServiceReference service, String namespace) {
    var of = service.namespace() == null ? namespace : service.namespace();
    return new Endpoint(service.name() + "." + of + ".svc", service.port());
  }

  private static void addEndpoint(ObjectNode tree, Endpoint endpoint) {
    tree.putObject("endpoint")
        .putObject("address")
        .putObject("socket_address")
        .put("address", endpoint.address())
        .put("port_value", endpoint.port());
  }

  /// The only unit that durations have in Envoy's JSON.
  private static String seconds(String duration) {
    BigDecimal seconds;
    if (duration.endsWith("ms")) {
      seconds = number(duration, "ms").movePointLeft(3);
    } else if (duration.endsWith("m")) {
      seconds = number(duration, "m").multiply(BigDecimal.valueOf(60));
    } else {
      seconds = number(duration, "s");
    }
    return seconds.stripTrailingZeros().toPlainString() + "s";
  }

  private static BigDecimal number(String duration, String unit) {
    return new BigDecimal(duration.substring(0, duration.length() - unit.length()));
  }
}
