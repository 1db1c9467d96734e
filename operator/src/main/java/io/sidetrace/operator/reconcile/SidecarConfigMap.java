package io.sidetrace.operator.reconcile;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.sidetrace.operator.kube.Cluster;
import io.sidetrace.operator.render.RenderedConfig;
import io.sidetrace.operator.resolve.ConfigReference;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The ConfigMap that carries a namespace's configurations, and what its keys mean.
final class SidecarConfigMap {

  private static final String OWNER_LABEL = "app.kubernetes.io/managed-by";
  private static final String OWNER = "sidetrace";

  private SidecarConfigMap() {}

  static ConfigMap of(String namespace, Map<String, String> data) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(RenderedConfig.CONFIG_MAP)
        .withNamespace(namespace)
        .addToLabels(OWNER_LABEL, OWNER)
        .endMetadata()
        .withData(new TreeMap<>(data))
        .build();
  }

  static boolean isOurs(ConfigMap configMap) {
    Map<String, String> labels = configMap.getMetadata().getLabels();
    return labels != null && OWNER.equals(labels.get(OWNER_LABEL));
  }

  static Map<String, String> data(@Nullable ConfigMap configMap) {
    return configMap == null || configMap.getData() == null ? Map.of() : configMap.getData();
  }

  /// The entries of one config, in whatever form they are. A file's name has no underscore, so the
  /// config named `cluster` is not taken for the prefix of the operator's configs.
  static Map<String, String> entriesOf(ConfigReference reference, @Nullable ConfigMap configMap) {
    String prefix = reference.key("");
    Map<String, String> entries = new TreeMap<>();
    data(configMap)
        .forEach((key, value) -> {
          if (key.startsWith(prefix) && key.indexOf('_', prefix.length()) < 0) {
            entries.put(key, value);
          }
        });
    return entries;
  }

  /// When we last changed it, as the API server noted; the distant past when it never did.
  static Instant lastWritten(@Nullable ConfigMap configMap) {
    if (configMap == null) {
      return Instant.MIN;
    }
    List<ManagedFieldsEntry> entries = configMap.getMetadata().getManagedFields();
    return entries == null
        ? Instant.MIN
        : entries.stream()
            .filter(entry -> Cluster.FIELD_MANAGER.equals(entry.getManager()))
            .map(entry -> Instant.parse(entry.getTime()))
            .max(Instant::compareTo)
            .orElse(Instant.MIN);
  }
}
