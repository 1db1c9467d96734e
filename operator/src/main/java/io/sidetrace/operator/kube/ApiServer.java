package io.sidetrace.operator.kube;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Writes to the real cluster, under the operator's own field manager. Thread-safe.
public final class ApiServer implements Cluster {

  private static final PatchContext MERGE =
      new PatchContext.Builder()
          .withPatchType(PatchType.JSON_MERGE)
          .withFieldManager(FIELD_MANAGER)
          .build();

  /// What was decided by is changed, replaced or gone; or the whole namespace is.
  private static final Set<Integer> OUTDATED =
      Set.of(HttpURLConnection.HTTP_CONFLICT, HttpURLConnection.HTTP_NOT_FOUND);

  private final KubernetesClient client;

  public ApiServer(KubernetesClient client) {
    this.client = client;
  }

  /// A create names no field manager: the API server takes the client's user agent for it.
  @Override
  public boolean create(ConfigMap configMap) {
    return unlessAnswered(OUTDATED, () -> client.resource(configMap).create());
  }

  @Override
  public boolean rewrite(ConfigMap seen, Map<String, String> data) {
    ObjectNode patch = preconditioned(seen);
    ObjectNode changes = patch.putObject("data");
    if (seen.getData() != null) {
      seen.getData().keySet().forEach(changes::putNull);
    }
    data.forEach(changes::put);
    return unlessAnswered(OUTDATED, () -> client.resource(seen).patch(MERGE, patch.toString()));
  }

  @Override
  public boolean delete(ConfigMap seen) {
    var metadata = seen.getMetadata();
    ConfigMap only =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withName(metadata.getName())
            .withNamespace(metadata.getNamespace())
            .withResourceVersion(metadata.getResourceVersion())
            .endMetadata()
            .build();
    return unlessAnswered(OUTDATED, () -> client.resource(only).lockResourceVersion().delete());
  }

  /// Given the pod itself, the client need not read it first. Through the status subresource, which
  /// takes annotations but no change of what the pod runs: so the operator needs no right to such a
  /// change.
  @Override
  public void annotate(Pod pod, String key, String value) {
    var patch = JsonNodeFactory.instance.objectNode();
    patch.putObject("metadata").putObject("annotations").put(key, value);
    boolean _ =
        unlessAnswered(
            Set.of(HttpURLConnection.HTTP_NOT_FOUND),
            () -> client.resource(pod).subresource("status").patch(MERGE, patch.toString()));
  }

  @Override
  public boolean tell(Event event) {
    return unlessAnswered(OUTDATED, () -> client.resource(event).create());
  }

  private static ObjectNode preconditioned(HasMetadata seen) {
    String version = Objects.requireNonNull(seen.getMetadata().getResourceVersion());
    var patch = JsonNodeFactory.instance.objectNode();
    patch.putObject("metadata").put("resourceVersion", version);
    return patch;
  }

  /// False for the refusals that are expected; every other is thrown.
  private static boolean unlessAnswered(Set<Integer> expected, Runnable write) {
    try {
      write.run();
      return true;
    } catch (KubernetesClientException e) {
      if (expected.contains(e.getCode())) {
        return false;
      }
      throw e;
    }
  }
}
