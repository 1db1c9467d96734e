package io.sidetrace.operator.reconcile;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.PrimaryUpdateAndCacheUtils;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.sidetrace.operator.api.TracingConfig;
import io.sidetrace.operator.api.TracingConfigStatus;
import io.sidetrace.operator.kube.Cluster;
import io.sidetrace.operator.resolve.Precedence;
import io.sidetrace.operator.status.ConfigStatus;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/// Tells each config what became of it: whether it is accepted, how many namespaces have it, and
/// how its pods stand to it. It writes nothing but status, and that only where it differs.
final class TracingConfigReconciler implements Reconciler<TracingConfig> {

  private static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager(Cluster.FIELD_MANAGER)
          .withForce(true)
          .build();

  private final String operatorNamespace;
  private final Fleets fleets;
  private final Clock clock;

  @SuppressWarnings("NullAway.Init") // the framework prepares the sources before it reconciles
  private InformerEventSource<ConfigMap, TracingConfig> configMaps;

  /// The primaries once more, because what becomes of one depends on the others of its namespace.
  @SuppressWarnings("NullAway.Init")
  private InformerEventSource<TracingConfig, TracingConfig> siblings;

  TracingConfigReconciler(String operatorNamespace, Fleets fleets, Clock clock) {
    this.operatorNamespace = operatorNamespace;
    this.fleets = fleets;
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
    siblings =
        Sources.tracingConfigs(
            context,
            config ->
                inNamespace(config.getMetadata().getNamespace(), context.getPrimaryCache().list())
                    .map(ResourceID::fromResource));
    var counted = new SimpleInboundEventSource<TracingConfig>("pods-counted");
    fleets.onChange(config -> {
      int slash = config.indexOf('/');
      counted.propagateEvent(
          new ResourceID(config.substring(slash + 1), config.substring(0, slash)));
    });
    return List.of(configMaps, siblings, counted);
  }

  @Override
  public UpdateControl<TracingConfig> reconcile(
      TracingConfig config, Context<TracingConfig> context) {
    if (!judged(config).equals(config.getStatus())) {
      // Under the version that was seen, and remembered at once: a look with the status of before
      // our last write would date every condition anew.
      PrimaryUpdateAndCacheUtils.updateAndCacheResource(
          config,
          context,
          seen -> withStatus(seen, judged(seen)),
          next -> context.getClient().resource(next).subresource("status").patch(APPLY));
    }
    return UpdateControl.noUpdate();
  }

  private TracingConfigStatus judged(TracingConfig config) {
    List<ConfigMap> written = configMapsFor(config);
    int expected = isClusters(config) ? written.size() : 1;
    var metadata = config.getMetadata();
    var outcome =
        ConfigOutcome.of(
            config,
            new Precedence(operatorNamespace, withSiblings(config)),
            new ConfigOutcome.Written(written, expected),
            fleets.of(
                metadata.getNamespace() + "/" + metadata.getName(), metadata.getGeneration()));
    return ConfigStatus.next(
        config.getStatus(), metadata.getGeneration(), outcome, clock.instant());
  }

  /// The two watches may differ for a moment: what is reconciled counts.
  private List<TracingConfig> withSiblings(TracingConfig config) {
    var metadata = config.getMetadata();
    Stream<TracingConfig> others =
        siblings.list(
            metadata.getNamespace(),
            sibling -> !sibling.getMetadata().getName().equals(metadata.getName()));
    return Stream.concat(Stream.of(config), others).toList();
  }

  private Stream<TracingConfig> usableIn(String namespace, Stream<TracingConfig> configs) {
    return configs.filter(
        config -> isClusters(config) || config.getMetadata().getNamespace().equals(namespace));
  }

  private static Stream<TracingConfig> inNamespace(
      String namespace, Stream<TracingConfig> configs) {
    return configs.filter(config -> config.getMetadata().getNamespace().equals(namespace));
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
