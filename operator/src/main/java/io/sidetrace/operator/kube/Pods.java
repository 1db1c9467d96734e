package io.sidetrace.operator.kube;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.List;
import java.util.function.Consumer;

/// Every pod of the cluster, in the form that `SlimPods` keeps, as last seen. Thread-safe.
public final class Pods implements AutoCloseable {

  /// Whole pods of one page are in memory at once: some 10 MB.
  public static final long PAGE = 500;

  private final SharedIndexInformer<Pod> informer;

  private Pods(SharedIndexInformer<Pod> informer) {
    this.informer = informer;
  }

  /// Returns once all pods of the moment are known; tells the namespace of each that comes, changes
  /// or goes.
  public static Pods follow(KubernetesClient client, Consumer<String> changed) {
    SharedIndexInformer<Pod> informer =
        client.pods().inAnyNamespace().withLimit(PAGE).runnableInformer(0);
    informer.itemStore(new SlimPods());
    informer.addEventHandler(
        new EachChange<>(pod -> changed.accept(pod.getMetadata().getNamespace()), (_, _) -> false));
    informer.run();
    return new Pods(informer);
  }

  /// One that has not changed is the same object each time.
  public List<Pod> in(String namespace) {
    return informer.getIndexer().byIndex(Cache.NAMESPACE_INDEX, namespace);
  }

  public boolean isFollowing() {
    return informer.isRunning() && informer.hasSynced();
  }

  @Override
  public void close() {
    informer.stop();
  }
}
