package io.sidetrace.operator.render;

import io.sidetrace.operator.resolve.ConfigReference;
import java.util.Map;

/// The files of one configuration.
///
/// @param hash of what the files say; both discovery files carry it as their version
/// @param bootstrap `bootstrap.json`: the same for every configuration
/// @param listeners `lds.json`
/// @param clusters `cds.json`
public record RenderedConfig(String hash, String bootstrap, String listeners, String clusters) {
  /// The name of the ConfigMap that holds the files in every namespace.
  public static final String CONFIG_MAP = "sidetrace";

  static final String BOOTSTRAP_FILE = "bootstrap.json";
  static final String LISTENERS_FILE = "lds.json";
  static final String CLUSTERS_FILE = "cds.json";

  /// Where pods see the files.
  static final String DIRECTORY = "/etc/sidetrace";

  /// The entries of the ConfigMap.
  public Map<String, String> data(ConfigReference reference) {
    return Map.of(
        reference.key(BOOTSTRAP_FILE), bootstrap,
        reference.key(LISTENERS_FILE), listeners,
        reference.key(CLUSTERS_FILE), clusters);
  }
}
