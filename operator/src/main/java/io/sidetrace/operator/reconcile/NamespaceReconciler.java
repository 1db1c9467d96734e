package io.sidetrace.operator.reconcile;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.sidetrace.operator.api.Keys;
import io.sidetrace.operator.api.TracingConfig;
import io.sidetrace.operator.kube.Cluster;
import io.sidetrace.operator.render.RenderedConfig;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings one namespace's ConfigMap to what its configs say, then nudges its pods. The framework
/// calls it once at a time for each namespace, again after failures, and only on the leader.
final class NamespaceReconciler implements Reconciler<Namespace> {

  private static final Logger log = LoggerFactory.getLogger(NamespaceReconciler.class);

  /// A nudge takes 10 ms, on a busy control plane a multiple of that; one after the other, the last
  /// of a hundred pods would hear of an edit seconds after the first.
  private static final int NUDGES_AT_ONCE = 8;

  private final NamespacePlanner planner;
  private final Cluster cluster;
  private final String operatorNamespace;

  @SuppressWarnings("NullAway.Init") // the framework prepares the sources before it reconciles
  private InformerEventSource<TracingConfig, Namespace> configs;

  @SuppressWarnings("NullAway.Init")
  private InformerEventSource<ConfigMap, Namespace> configMaps;

  @SuppressWarnings("NullAway.Init")
  private InformerEventSource<Pod, Namespace> pods;

  NamespaceReconciler(Cluster cluster, String operatorNamespace) {
    this.planner = new NamespacePlanner(operatorNamespace);
    this.cluster = cluster;
    this.operatorNamespace = operatorNamespace;
  }

  @Override
  public List<EventSource<?, Namespace>> prepareEventSources(
      EventSourceContext<Namespace> context) {
    configs =
        Sources.tracingConfigs(
            context,
            config ->
                config.getMetadata().getNamespace().equals(operatorNamespace)
                    ? context.getPrimaryCache().keys()
                    : Sources.namespaceOf(config));
    configMaps = Sources.sidecarConfigMaps(context, Sources::namespaceOf);
    pods = Sources.injectedPods(context, Sources::namespaceOf);
    return List.of(configs, configMaps, pods);
  }

  @Override
  public UpdateControl<Namespace> reconcile(Namespace namespace, Context<Namespace> context) {
    NamespacePlan plan = planner.plan(view(namespace));
    if (carryOut(plan.change()) && !plan.nudges().isEmpty()) {
      nudge(plan.nudges());
      log.info(
          "nudged {} pods of namespace {}",
          plan.nudges().size(),
          namespace.getMetadata().getName());
    }
    return UpdateControl.noUpdate();
  }

  /// One pod that cannot be told does not keep the others from being told; the framework hears of
  /// it after all and tries again.
  private void nudge(List<NamespacePlan.Nudge> nudges) {
    var waiting = new ConcurrentLinkedQueue<>(nudges);
    var failure = new AtomicReference<@Nullable KubernetesClientException>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < Math.min(NUDGES_AT_ONCE, nudges.size()); i++) {
        threads.execute(() -> nudgeAll(waiting, failure));
      }
    }
    KubernetesClientException last = failure.get();
    if (last != null) {
      throw last;
    }
  }

  private void nudgeAll(
      Queue<NamespacePlan.Nudge> waiting,
      AtomicReference<@Nullable KubernetesClientException> failure) {
    for (var nudge = waiting.poll(); nudge != null; nudge = waiting.poll()) {
      try {
        cluster.annotate(nudge.pod(), Keys.CONFIG_HASH, nudge.hash());
      } catch (KubernetesClientException e) {
        failure.set(e);
      }
    }
  }

  private NamespaceView view(Namespace namespace) {
    String name = namespace.getMetadata().getName();
    return new NamespaceView(
        namespace,
        configs.list(name, config -> true).toList(),
        configs.list(operatorNamespace, config -> true).toList(),
        configMaps.get(new ResourceID(RenderedConfig.CONFIG_MAP, name)).orElse(null),
        pods.list(name, pod -> true).toList());
  }

  /// Whether the ConfigMap now is as planned; false where it changed in the meantime, which brings
  /// the next look at the namespace.
  private boolean carryOut(NamespacePlan.Change change) {
    return switch (change) {
      case NamespacePlan.Change.Keep() -> true;
      case NamespacePlan.Change.Create(var desired) ->
          logged("wrote", desired, cluster.create(desired));
      case NamespacePlan.Change.Rewrite(var seen, var data) ->
          logged("wrote", seen, cluster.rewrite(seen, data));
      case NamespacePlan.Change.Remove(var spent) ->
          logged("removed", spent, cluster.delete(spent));
      case NamespacePlan.Change.Blocked(var foreign) -> {
        log.warn(
            "ConfigMap {}/{} is not ours and stays (expected: label app.kubernetes.io/managed-by: sidetrace, or another name);"
                + " pods of this namespace are not traced",
            foreign.getMetadata().getNamespace(),
            foreign.getMetadata().getName());
        yield false;
      }
    };
  }

  private static boolean logged(String deed, ConfigMap configMap, boolean isDone) {
    if (isDone) {
      var metadata = configMap.getMetadata();
      log.info("{} ConfigMap {}/{}", deed, metadata.getNamespace(), metadata.getName());
    }
    return isDone;
  }
}
