package io.sidetrace.operator.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.sidetrace.operator.api.TracingConfig;
import io.sidetrace.operator.inject.PatchOperations;
import io.sidetrace.operator.inject.PodInjector;
import io.sidetrace.operator.render.SidecarRenderer;
import io.sidetrace.operator.resolve.AdmittedPod;
import io.sidetrace.operator.resolve.Resolver;
import io.sidetrace.operator.resolve.Verdict;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Decides about one pod and answers with the patch that gives it its sidecar. It asks caches only,
/// never the API server, which is waiting for the answer. Thread-safe.
final class PodAdmission implements Admission {

  private final KubernetesSerialization serialization = new KubernetesSerialization();
  private final Resolver resolver;
  private final Function<String, Map<String, String>> namespaceLabels;
  private final Function<String, List<TracingConfig>> usableConfigs;
  private final AdmissionCounters counters;

  /// Both functions take the name of a namespace.
  PodAdmission(
      Resolver resolver,
      Function<String, Map<String, String>> namespaceLabels,
      Function<String, List<TracingConfig>> usableConfigs,
      AdmissionCounters counters) {
    this.resolver = resolver;
    this.namespaceLabels = namespaceLabels;
    this.usableConfigs = usableConfigs;
    this.counters = counters;
  }

  @Override
  public Answer review(AdmissionRequest request) {
    String namespace = request.namespace();
    var pod =
        new AdmittedPod(
            serialization.convertValue(request.object(), Pod.class),
            namespace,
            namespaceLabels.apply(namespace));
    return switch (resolver.resolve(pod, usableConfigs.apply(namespace))) {
      case Verdict.Skip skip -> {
        counters.skipped(skip.reason().label());
        yield Answer.unchanged(skip.warnings());
      }
      case Verdict.Inject inject -> injected(request, inject);
    };
  }

  private static Answer injected(AdmissionRequest request, Verdict.Inject inject) {
    var before = (ObjectNode) request.object();
    ObjectNode after = PodInjector.inject(before, SidecarRenderer.render(inject));
    return new Answer(PatchOperations.between(before, after), inject.warnings());
  }
}
