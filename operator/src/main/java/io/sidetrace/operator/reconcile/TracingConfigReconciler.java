package io.sidetrace.operator.reconcile;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.sidetrace.operator.api.TracingConfig;
import io.sidetrace.operator.api.TracingConfigStatus;
import io.sidetrace.operator.resolve.Precedence;
import io.sidetrace.operator.status.ConfigStatus;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/// Tells each config what became of it: whether it is accepted, and how many namespaces have it. It
/// writes nothing but status, and that only where it differs.
final class TracingConfigReconciler implements Reconciler<TracingConfig> {

  private final String operatorNamespace;
  private final Clock clock;

  @SuppressWarnings("NullAway.Init") // the framework prepares the sources before it reconciles
  private InformerEventSource<ConfigMap, TracingConfig> configMaps;

  TracingConfigReconciler(String operatorNamespace, Clock clock) {
    this.operatorNamespace = operatorNamespace;
    this.clock = clock;
  }

  @Override
  public List<EventSource<?, TracingConfig>> prepareEventSources(
      EventSourceContext<TracingConfig> context) {
    configMaps =
        Sources.sidecarConfigMaps(
            context,
            configMap ->
                usableIn(configMap.getMetadata().getNamespace(), context.getPrimaryCache().list())
                    .map(ResourceID::fromResource));
    return List.of(configMaps);
  }

  @Override
  public UpdateControl<TracingConfig> reconcile(
      TracingConfig config, Context<TracingConfig> context) {
    var precedence = new Precedence(operatorNamespace, context.getPrimaryCache().list().toList());
    List<ConfigMap> written = configMapsFor(config);
    int expected = isClusters(config) ? written.size() : 1;
    var outcome = ConfigOutcome.of(config, precedence, written, expected);
    TracingConfigStatus status =
        ConfigStatus.next(
            config.getStatus(),
            config.getMetadata().getGeneration(),
            outcome.acceptance(),
            outcome.programming(),
            clock.instant());
    return status.equals(config.getStatus())
        ? UpdateControl.noUpdate()
        : UpdateControl.patchStatus(withStatus(config, status));
  }

  private Stream<TracingConfig> usableIn(String namespace, Stream<TracingConfig> configs) {
    return configs.filter(
        config -> isClusters(config) || config.getMetadata().getNamespace().equals(namespace));
  }

  private List<ConfigMap> configMapsFor(TracingConfig config) {
    return isClusters(config)
        ? configMaps.list(SidecarConfigMap::isOurs).toList()
        : configMaps.list(config.getMetadata().getNamespace(), SidecarConfigMap::isOurs).toList();
  }

  private boolean isClusters(TracingConfig config) {
    return config.getMetadata().getNamespace().equals(operatorNamespace);
  }

  /// A fresh object: what is applied becomes ours, so it holds the status and nothing else.
  private static TracingConfig withStatus(TracingConfig config, TracingConfigStatus status) {
    var fresh = new TracingConfig();
    fresh.setMetadata(
        new ObjectMetaBuilder()
            .withName(config.getMetadata().getName())
            .withNamespace(config.getMetadata().getNamespace())
            .build());
    fresh.setStatus(status);
    return fresh;
  }
}
