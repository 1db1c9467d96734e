package io.sidetrace.operator.render;

/// The bootstrap: admin, and where the other files are. It says nothing of the pod: that comes by
/// the container's arguments.
final class BootstrapTree {
  static final String TEXT =
      Json.write(
          Json.parse(
              """
              {
                "admin": {"address": {"socket_address": {"address": "127.0.0.1", "port_value": 15000}}},
                "dynamic_resources": {
                  "lds_config": {
                    "path_config_source": {
                      "path": "%1$s/%2$s",
                      "watched_directory": {"path": "%1$s"}
                    },
                    "resource_api_version": "V3"
                  },
                  "cds_config": {
                    "path_config_source": {
                      "path": "%1$s/%3$s",
                      "watched_directory": {"path": "%1$s"}
                    },
                    "resource_api_version": "V3"
                  }
                }
              }
              """
                  .formatted(
                      RenderedConfig.DIRECTORY,
                      RenderedConfig.LISTENERS_FILE,
                      RenderedConfig.CLUSTERS_FILE)));

  private BootstrapTree() {}
}
