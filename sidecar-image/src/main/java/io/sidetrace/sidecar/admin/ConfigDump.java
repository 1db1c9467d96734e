package io.sidetrace.sidecar.admin;

import io.sidetrace.sidecar.config.Configuration;
import io.sidetrace.sidecar.config.Node;
import java.util.ArrayList;
import java.util.List;

/// `/config_dump` in Envoy's form.
///
/// Every field is written by name, so that one that holds a credential never appears by itself.
final class ConfigDump {
  private static final String TYPE = "type.googleapis.com/envoy.admin.v3.";

  private ConfigDump() {}

  static JsonObject of(SidecarSnapshot snapshot) {
    var configs = new ArrayList<JsonObject>();
    configs.add(bootstrap(snapshot.node()));
    Configuration inForce = snapshot.config().inForce();
    if (inForce != null) {
      configs.add(clusters(inForce));
      configs.add(listeners(inForce));
    }
    return new JsonObject().put("configs", configs);
  }

  static JsonObject node(Node node) {
    return new JsonObject()
        .put("id", node.id())
        .put("cluster", node.cluster())
        .put("locality", new JsonObject().put("zone", node.zone()));
  }

  private static JsonObject bootstrap(Node node) {
    return new JsonObject()
        .put("@type", TYPE + "BootstrapConfigDump")
        .put("bootstrap", new JsonObject().put("node", node(node)));
  }

  private static JsonObject clusters(Configuration configuration) {
    String version = configuration.version();
    List<JsonObject> active =
        configuration.clusters().stream()
            .map(cluster ->
                new JsonObject()
                    .put("version_info", version)
                    .put("cluster", ClusterDump.of(cluster)))
            .toList();
    return new JsonObject()
        .put("@type", TYPE + "ClustersConfigDump")
        .put("version_info", version)
        .put("dynamic_active_clusters", active);
  }

  private static JsonObject listeners(Configuration configuration) {
    String version = configuration.version();
    List<JsonObject> dynamic =
        configuration.listeners().stream()
            .map(listener ->
                new JsonObject()
                    .put("name", listener.name())
                    .put(
                        "active_state",
                        new JsonObject()
                            .put("version_info", version)
                            .put("listener", ListenerDump.of(listener))))
            .toList();
    return new JsonObject()
        .put("@type", TYPE + "ListenersConfigDump")
        .put("version_info", version)
        .put("dynamic_listeners", dynamic);
  }
}
