package io.sidetrace.operator.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sidetrace.operator.api.TracingConfigSpec;

/// The two listeners that redirected connections come to. Everything that Envoy does by default to
/// requests that pass, and that their ends would notice, is switched off by name.
final class ListenerTree {
  /// Placeholders: name, addresses for IPv4 and IPv6, port, direction.
  private static final String TEMPLATE =
      """
      {
        "@type": "type.googleapis.com/envoy.config.listener.v3.Listener",
        "name": "%1$s",
        "address": {"socket_address": {"address": "%2$s", "port_value": %4$d}},
        "additional_addresses": [
          {"address": {"socket_address": {"address": "%3$s", "port_value": %4$d}}}
        ],
        "traffic_direction": "%5$s",
        "listener_filters": [
          {
            "name": "envoy.filters.listener.original_dst",
            "typed_config": {
              "@type": "type.googleapis.com/envoy.extensions.filters.listener.original_dst.v3.OriginalDst"
            }
          },
          {
            "name": "envoy.filters.listener.http_inspector",
            "typed_config": {
              "@type": "type.googleapis.com/envoy.extensions.filters.listener.http_inspector.v3.HttpInspector"
            }
          }
        ],
        "listener_filters_timeout": "0s",
        "continue_on_listener_filters_timeout": true,
        "filter_chains": [
          {
            "filter_chain_match": {"application_protocols": ["http/1.0", "http/1.1", "h2c"]},
            "filters": [{"name": "envoy.filters.network.http_connection_manager"}]
          }
        ],
        "default_filter_chain": {
          "filters": [
            {
              "name": "envoy.filters.network.tcp_proxy",
              "typed_config": {
                "@type": "type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy",
                "stat_prefix": "%1$s",
                "cluster": "%1$s",
                "idle_timeout": "0s"
              }
            }
          ]
        }
      }
      """;

  private ListenerTree() {}

  static ObjectNode inbound(TracingConfigSpec spec, RequestChain requests) {
    return listener(
        spec,
        "inbound",
        TEMPLATE.formatted("inbound", "0.0.0.0", "::", 15006, "INBOUND"),
        requests);
  }

  /// On loopback only: nothing outside the pod has business with it.
  static ObjectNode outbound(TracingConfigSpec spec, RequestChain requests) {
    return listener(
        spec,
        "outbound",
        TEMPLATE.formatted("outbound", "127.0.0.1", "::1", 15001, "OUTBOUND"),
        requests);
  }

  private static ObjectNode listener(
      TracingConfigSpec spec, String name, String text, RequestChain requests) {
    var listener = Json.parse(text);
    var filter = (ObjectNode) listener.at("/filter_chains/0/filters/0");
    filter.set("typed_config", ConnectionManagerTree.of(name, spec.sampling(), requests.tracing()));
    if (requests.metadata() != null) {
      var chain = (ObjectNode) listener.at("/filter_chains/0");
      chain.set("metadata", requests.metadata().deepCopy());
    }
    if (spec.connectionSpans()) {
      var chain = (ObjectNode) listener.get("default_filter_chain");
      chain.set("metadata", ExtensionTree.ofConnections());
    }
    return listener;
  }
}
