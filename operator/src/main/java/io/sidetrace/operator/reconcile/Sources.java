package io.sidetrace.operator.reconcile;

import static java.util.stream.Collectors.toSet;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.api.config.informer.FieldSelectorBuilder;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.sidetrace.operator.api.Keys;
import io.sidetrace.operator.api.TracingConfig;
import io.sidetrace.operator.kube.Pods;
import io.sidetrace.operator.kube.SlimPods;
import io.sidetrace.operator.render.RenderedConfig;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/// What the reconcilers watch. Each watch asks for no more than the operator's rights give:
/// ConfigMaps by their one name, pods by their label.
final class Sources {

  private Sources() {}

  static <P extends HasMetadata> InformerEventSource<TracingConfig, P> tracingConfigs(
      EventSourceContext<P> context, Function<TracingConfig, Stream<ResourceID>> toPrimaries) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(
                TracingConfig.class, context.getPrimaryResourceClass())
            .withName("tracing-configs")
            .withWatchAllNamespaces()
            // Our own writes of a status change nothing that a decision rests on.
            .withOnUpdateFilter(
                (after, before) -> !Objects.equals(after.getSpec(), before.getSpec()))
            .withSecondaryToPrimaryMapper(config -> toPrimaries.apply(config).collect(toSet()))
            .build(),
        context);
  }

  static <P extends HasMetadata> InformerEventSource<ConfigMap, P> sidecarConfigMaps(
      EventSourceContext<P> context, Function<ConfigMap, Stream<ResourceID>> toPrimaries) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(ConfigMap.class, context.getPrimaryResourceClass())
            .withName("sidecar-config-maps")
            .withWatchAllNamespaces()
            .withFieldSelector(
                new FieldSelectorBuilder()
                    .withField("metadata.name", RenderedConfig.CONFIG_MAP)
                    .build())
            .withSecondaryToPrimaryMapper(
                configMap -> toPrimaries.apply(configMap).collect(toSet()))
            .build(),
        context);
  }

  /// Pods change many times while they start; only what is asked of them counts here.
  static <P extends HasMetadata> InformerEventSource<Pod, P> injectedPods(
      EventSourceContext<P> context, Function<Pod, Stream<ResourceID>> toPrimaries) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(Pod.class, context.getPrimaryResourceClass())
            .withName("injected-pods")
            .withWatchAllNamespaces()
            .withLabelSelector(Keys.INJECTED + "=true")
            .withItemStore(new SlimPods())
            .withInformerListLimit(Pods.PAGE)
            .withOnUpdateFilter((after, before) ->
                !Objects.equals(
                    after.getMetadata().getAnnotations(), before.getMetadata().getAnnotations()))
            .withSecondaryToPrimaryMapper(pod -> toPrimaries.apply(pod).collect(toSet()))
            .build(),
        context);
  }

  static Stream<ResourceID> namespaceOf(HasMetadata resource) {
    return Stream.of(new ResourceID(resource.getMetadata().getNamespace()));
  }
}
