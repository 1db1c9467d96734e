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

/// Decides what a namespace's ConfigMap shall be and who must be told. Pure, so that a second look
/// at a settled namespace plans nothing.
final class NamespacePlanner {

  private final String operatorNamespace;

  NamespacePlanner(String operatorNamespace) {
    this.operatorNamespace = operatorNamespace;
  }

  NamespacePlan plan(NamespaceView view) {
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
    if (current != null && composition.data().equals(SidecarConfigMap.data(current))) {
      Instant written = SidecarConfigMap.lastWritten(current);
      return new NamespacePlan(
          new NamespacePlan.Change.Keep(), nudges(view, composition.hashes(), written));
    }
    ConfigMap desired = SidecarConfigMap.of(view.name(), composition.data());
    return new NamespacePlan(
        new NamespacePlan.Change.Write(desired), nudges(view, composition.hashes(), Instant.MAX));
  }

  /// Pods of the operator's own namespace are never injected; in one that is on its way out nothing
  /// can be written.
  private boolean needsConfigMap(NamespaceView view) {
    return !view.isTerminating()
        && !view.name().equals(operatorNamespace)
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
