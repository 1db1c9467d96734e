package io.sidetrace.operator.render;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sidetrace.operator.api.Sampling;

/// The HTTP connection manager: one route for everything, and before it one that keeps the
/// kubelet's probes out of the traces, then those that rules of sampling ask for.
final class ConnectionManagerTree {
  /// `${name}` is the name of route, cluster and statistics.
  private static final String TEMPLATE =
      """
      {
        "@type": "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
        "stat_prefix": "${name}",
        "use_remote_address": false,
        "skip_xff_append": true,
        "preserve_external_request_id": true,
        "server_header_transformation": "PASS_THROUGH",
        "stream_idle_timeout": "0s",
        "common_http_protocol_options": {"idle_timeout": "0s"},
        "request_id_extension": {
          "typed_config": {
            "@type": "type.googleapis.com/envoy.extensions.request_id.uuid.v3.UuidRequestIdConfig",
            "pack_trace_reason": false
          }
        },
        "route_config": {
          "name": "${name}",
          "virtual_hosts": [
            {
              "name": "all",
              "domains": ["*"],
              "routes": [
                {
                  "match": {
                    "prefix": "/",
                    "headers": [{"name": "user-agent", "string_match": {"prefix": "kube-probe/"}}]
                  },
                  "route": {"cluster": "${name}", "timeout": "0s"},
                  "tracing": {
                    "client_sampling": {"numerator": 0},
                    "random_sampling": {"numerator": 0},
                    "overall_sampling": {"numerator": 0}
                  }
                },
                {"match": {"prefix": "/"}, "route": {"cluster": "${name}", "timeout": "0s"}}
              ]
            }
          ]
        },
        "http_filters": [
          {
            "name": "envoy.filters.http.router",
            "typed_config": {
              "@type": "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router"
            }
          }
        ]
      }
      """;

  private ConnectionManagerTree() {}

  static ObjectNode of(String name, Sampling sampling, ObjectNode tracing) {
    var manager = Json.parse(TEMPLATE.replace("${name}", name));
    var routes = (ArrayNode) manager.at("/route_config/virtual_hosts/0/routes");
    RouteTree.addRules(sampling, routes);
    manager.set("tracing", tracing.deepCopy());
    return manager;
  }
}
