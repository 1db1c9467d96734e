package io.sidetrace.sidecar.admin;

import io.sidetrace.sidecar.config.Detection;
import io.sidetrace.sidecar.config.HttpConnectionManager;
import io.sidetrace.sidecar.config.Listener;
import io.sidetrace.sidecar.config.SocketAddress;
import io.sidetrace.sidecar.config.TcpProxy;
import java.util.ArrayList;
import java.util.List;

/// A listener in Envoy's form: what the sidecar understood of it.
final class ListenerDump {
  private ListenerDump() {}

  static JsonObject of(Listener listener) {
    List<SocketAddress> addresses = listener.addresses();
    JsonObject dump =
        new JsonObject()
            .put("name", listener.name())
            .put("address", ClusterDump.address(addresses.getFirst()));
    if (addresses.size() > 1) {
      dump.put("additional_addresses", additional(addresses.subList(1, addresses.size())));
    }
    return dump.put("traffic_direction", listener.direction())
        .put("listener_filters", listenerFilters(listener))
        .put("listener_filters_timeout", ClusterDump.duration(listener.detectTimeout()))
        .put("filter_chains", filterChains(listener));
  }

  private static List<JsonObject> additional(List<SocketAddress> addresses) {
    return addresses.stream()
        .map(address -> new JsonObject().put("address", ClusterDump.address(address)))
        .toList();
  }

  private static List<JsonObject> listenerFilters(Listener listener) {
    var filters = new ArrayList<JsonObject>();
    if (listener.originalDestination()) {
      filters.add(new JsonObject().put("name", "envoy.filters.listener.original_dst"));
    }
    if (listener.detection() != Detection.NONE) {
      filters.add(new JsonObject().put("name", "envoy.filters.listener.http_inspector"));
    }
    return filters;
  }

  private static List<JsonObject> filterChains(Listener listener) {
    var chains = new ArrayList<JsonObject>();
    HttpConnectionManager http = listener.http();
    if (http != null) {
      chains.add(
          chain("envoy.filters.network.http_connection_manager", ConnectionManagerDump.of(http)));
    }
    TcpProxy tcp = listener.tcp();
    if (tcp != null) {
      JsonObject chain =
          chain(
              "envoy.filters.network.tcp_proxy",
              new JsonObject().put("stat_prefix", tcp.statPrefix()).put("cluster", tcp.cluster()));
      chains.add(tcp.connectionSpans() ? chain.put("metadata", connectionSpans()) : chain);
    }
    return chains;
  }

  private static JsonObject connectionSpans() {
    var ours = new JsonObject().put("connection_spans", true);
    return new JsonObject().put("filter_metadata", new JsonObject().put("io.sidetrace", ours));
  }

  private static JsonObject chain(String name, JsonObject typedConfig) {
    var filter = new JsonObject().put("name", name).put("typed_config", typedConfig);
    return new JsonObject().put("filters", List.of(filter));
  }
}
