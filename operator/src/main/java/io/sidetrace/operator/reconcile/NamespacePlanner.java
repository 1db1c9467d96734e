package io.sidetrace.operator.reconcile;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.sidetrace.operator.api.TracingConfig;
import io.sidetrace.operator.render.ConfigRenderer;
import io.sidetrace.operator.render.RenderedConfig;
import io.sidetrace.operator.resolve.ConfigReference;
import io.sidetrace.operator.resolve.ConfigReference.Scope;
import io.sidetrace.operator.validate.Validation;
import io.sidetrace.operator.validate.Validator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Decides what a namespace's ConfigMap shall be and who must be told. Pure, so that a second look
/// at a settled namespace plans nothing.
final class NamespacePlanner {

  private final String operatorNamespace;

  NamespacePlanner(String operatorNamespace) {
    this.operatorNamespace = operatorNamespace;
  }

  NamespacePlan plan(NamespaceView view) {
    if (view.isTerminating()) {
      return NamespacePlan.of(new NamespacePlan.Change.Keep());
    }
    ConfigMap current = view.current();
    if (current != null && !SidecarConfigMap.isOurs(current)) {
      return NamespacePlan.of(new NamespacePlan.Change.Blocked(current));
    }
    Composition composition = needsConfigMap(view) ? compose(view) : Composition.EMPTY;
    if (composition.data().isEmpty()) {
      return NamespacePlan.of(
          current == null
              ? new NamespacePlan.Change.Keep()
              : new NamespacePlan.Change.Remove(current));
    }
    var change = change(view.name(), current, composition.data());
    boolean isSettled = change instanceof NamespacePlan.Change.Keep;
    Instant written = isSettled ? SidecarConfigMap.lastWritten(current) : Instant.MAX;
    return new NamespacePlan(change, nudges(view, composition.hashes(), written));
  }

  private static NamespacePlan.Change change(
      String namespace, @Nullable ConfigMap current, Map<String, String> data) {
    if (current == null) {
      return new NamespacePlan.Change.Create(SidecarConfigMap.of(namespace, data));
    }
    return data.equals(SidecarConfigMap.data(current))
        ? new NamespacePlan.Change.Keep()
        : new NamespacePlan.Change.Rewrite(current, data);
  }

  /// Pods of the operator's own namespace are never injected.
  private boolean needsConfigMap(NamespaceView view) {
    return !view.name().equals(operatorNamespace)
        && (view.isLabelled() || !view.configs().isEmpty() || !view.injectedPods().isEmpty());
  }

  /// @param hashes of the configs rendered anew, by `namespace/name`
  private record Composition(Map<String, String> data, Map<String, String> hashes) {
    static final Composition EMPTY = new Composition(Map.of(), Map.of());
  }

  private Composition compose(NamespaceView view) {
    var composition = new Composition(new TreeMap<>(), new HashMap<>());
    add(view.configs(), Scope.NAMESPACE, view, composition);
    add(view.clusterConfigs(), Scope.CLUSTER, view, composition);
    return composition;
  }

  private static void add(
      List<TracingConfig> configs, Scope scope, NamespaceView view, Composition composition) {
    for (TracingConfig config : configs) {
      var metadata = config.getMetadata();
      var reference = new ConfigReference(metadata.getNamespace(), metadata.getName(), scope);
      switch (Validator.validate(config.getSpec())) {
        case Validation.Valid valid -> {
          RenderedConfig rendered = ConfigRenderer.render(valid.spec(), metadata.getNamespace());
          composition.data().putAll(rendered.data(reference));
          composition.hashes().put(reference.format(), rendered.hash());
        }
        // The last valid form stays in use, and the config's status says why.
        case Validation.Invalid _ ->
            composition.data().putAll(SidecarConfigMap.entriesOf(reference, view.current()));
      }
    }
  }

  private static List<NamespacePlan.Nudge> nudges(
      NamespaceView view, Map<String, String> hashes, Instant written) {
    List<NamespacePlan.Nudge> nudges = new ArrayList<>();
    for (Pod pod : view.injectedPods()) {
      var injected = InjectedPod.of(pod);
      String hash = hashes.get(injected.config());
      if (hash != null && injected.isBehind(hash, written)) {
        nudges.add(new NamespacePlan.Nudge(pod, hash));
      }
    }
    return nudges;
  }
}
