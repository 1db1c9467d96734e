package io.sidetrace.operator.kube;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.sidetrace.operator.api.TracingConfig;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Every TracingConfig, as last seen. Thread-safe.
public final class TracingConfigs implements AutoCloseable {

  private final SharedIndexInformer<TracingConfig> informer;
  private final String operatorNamespace;

  private TracingConfigs(SharedIndexInformer<TracingConfig> informer, String operatorNamespace) {
    this.informer = informer;
    this.operatorNamespace = operatorNamespace;
  }

  /// Returns once all configs of the moment are known.
  public static TracingConfigs follow(KubernetesClient client, String operatorNamespace) {
    return new TracingConfigs(
        client.resources(TracingConfig.class).inAnyNamespace().inform(), operatorNamespace);
  }

  /// The same, telling each config that comes, goes or changes its spec.
  public static TracingConfigs follow(
      KubernetesClient client, String operatorNamespace, Consumer<TracingConfig> changed) {
    // A generation counts the forms of the spec: a status changes nothing that is decided by.
    var handler =
        new EachChange<>(
            changed,
            (before, after) ->
                Objects.equals(
                    before.getMetadata().getGeneration(), after.getMetadata().getGeneration()));
    return new TracingConfigs(
        client.resources(TracingConfig.class).inAnyNamespace().inform(handler), operatorNamespace);
  }

  public List<TracingConfig> all() {
    return informer.getStore().list();
  }

  /// What a pod of the namespace can use: its namespace's own, and the operator's.
  public List<TracingConfig> usableIn(String namespace) {
    return Stream.of(namespace, operatorNamespace).distinct().flatMap(this::in).toList();
  }

  private Stream<TracingConfig> in(String namespace) {
    return informer.getIndexer().byIndex(Cache.NAMESPACE_INDEX, namespace).stream();
  }

  public boolean isFollowing() {
    return informer.isRunning() && informer.hasSynced();
  }

  @Override
  public void close() {
    informer.stop();
  }
}
