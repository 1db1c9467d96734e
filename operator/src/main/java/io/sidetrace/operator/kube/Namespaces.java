package io.sidetrace.operator.kube;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/// The labels of every namespace, as last seen. Thread-safe.
public final class Namespaces implements AutoCloseable {

  private final SharedIndexInformer<Namespace> informer;

  private Namespaces(SharedIndexInformer<Namespace> informer) {
    this.informer = informer;
  }

  /// Returns once all namespaces of the moment are known.
  public static Namespaces follow(KubernetesClient client) {
    return new Namespaces(client.namespaces().inform());
  }

  /// The same, telling the name of each namespace that comes, goes or changes its labels.
  public static Namespaces follow(KubernetesClient client, Consumer<String> changed) {
    var handler =
        new EachChange<Namespace>(
            namespace -> changed.accept(namespace.getMetadata().getName()),
            (before, after) ->
                Objects.equals(before.getMetadata().getLabels(), after.getMetadata().getLabels()));
    return new Namespaces(client.namespaces().inform(handler));
  }

  /// None for a namespace that is too new to be known.
  public Map<String, String> labels(String namespace) {
    Namespace known = informer.getStore().getByKey(namespace);
    Map<String, String> labels = known == null ? null : known.getMetadata().getLabels();
    return labels == null ? Map.of() : labels;
  }

  public boolean isFollowing() {
    return informer.isRunning() && informer.hasSynced();
  }

  @Override
  public void close() {
    informer.stop();
  }
}
