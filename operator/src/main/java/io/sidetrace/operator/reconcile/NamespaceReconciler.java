package io.sidetrace.operator.reconcile;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings one namespace's ConfigMap to what its configs say, then nudges its pods. The framework
/// calls it once at a time for each namespace, again after failures, and only on the leader.
final class NamespaceReconciler implements Reconciler<Namespace> {

  private static final Logger log = LoggerFactory.getLogger(NamespaceReconciler.class);

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
    carryOut(plan.change());
    plan.nudges().forEach(nudge -> cluster.annotate(nudge.pod(), Keys.CONFIG_HASH, nudge.hash()));
    if (!plan.nudges().isEmpty()) {
      log.info(
          "nudged {} pods of namespace {}",
          plan.nudges().size(),
          namespace.getMetadata().getName());
    }
    return UpdateControl.noUpdate();
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

  private void carryOut(NamespacePlan.Change change) {
    switch (change) {
      case NamespacePlan.Change.Keep() -> {}
      case NamespacePlan.Change.Write(var desired) -> {
        cluster.apply(desired);
        log.info(
            "wrote ConfigMap {}/{}",
            desired.getMetadata().getNamespace(),
            desired.getMetadata().getName());
      }
      case NamespacePlan.Change.Remove(var spent) -> {
        cluster.delete(spent);
        log.info(
            "removed ConfigMap {}/{}",
            spent.getMetadata().getNamespace(),
            spent.getMetadata().getName());
      }
      case NamespacePlan.Change.Blocked(var foreign) ->
          log.warn(
              "ConfigMap {}/{} is not ours and stays (expected: label app.kubernetes.io/managed-by: sidetrace, or another name);"
                  + " pods of this namespace are not traced",
              foreign.getMetadata().getNamespace(),
              foreign.getMetadata().getName());
    }
  }
}
