package io.sidetrace.operator.kube;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;

/// Writes to the real cluster, under the operator's own field manager. Thread-safe.
public final class ApiServer implements Cluster {

  private final KubernetesClient client;

  public ApiServer(KubernetesClient client) {
    this.client = client;
  }

  @Override
  public void apply(ConfigMap configMap) {
    client.resource(configMap).fieldManager(FIELD_MANAGER).forceConflicts().serverSideApply();
  }

  @Override
  public void delete(ConfigMap configMap) {
    ObjectMeta metadata = configMap.getMetadata();
    ConfigMap seen =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withName(metadata.getName())
            .withNamespace(metadata.getNamespace())
            .withResourceVersion(metadata.getResourceVersion())
            .endMetadata()
            .build();
    client.resource(seen).lockResourceVersion().delete();
  }

  /// Through the status subresource, which takes annotations but no change of what the pod runs: so
  /// the operator needs no right to such a change.
  @Override
  public void annotate(Pod pod, String key, String value) {
    var patch = JsonNodeFactory.instance.objectNode();
    patch.putObject("metadata").putObject("annotations").put(key, value);
    var context =
        new PatchContext.Builder()
            .withPatchType(PatchType.JSON_MERGE)
            .withFieldManager(FIELD_MANAGER)
            .build();
    try {
      client
          .pods()
          .inNamespace(pod.getMetadata().getNamespace())
          .withName(pod.getMetadata().getName())
          .subresource("status")
          .patch(context, patch.toString());
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw e;
      }
    }
  }
}
