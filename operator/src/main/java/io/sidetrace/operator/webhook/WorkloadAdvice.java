package io.sidetrace.operator.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.sidetrace.operator.resolve.KeyCheck;

/// Warns about our keys on a workload's own metadata, where they do nothing: what is injected is
/// the pod, and a pod's keys come from the workload's pod template. Thread-safe.
final class WorkloadAdvice implements Admission {

  private final KubernetesSerialization serialization = new KubernetesSerialization();

  @Override
  public Answer review(AdmissionRequest request) {
    JsonNode workload = request.object();
    JsonNode spec = workload.path("spec");
    JsonNode templated =
        request.kind().equals("CronJob") ? spec.path("jobTemplate").path("spec") : spec;
    return Answer.unchanged(
        KeyCheck.misplaced(
            request.kind(), metadata(workload), metadata(templated.path("template"))));
  }

  private ObjectMeta metadata(JsonNode object) {
    JsonNode metadata = object.path("metadata");
    return metadata.isObject()
        ? serialization.convertValue(metadata, ObjectMeta.class)
        : new ObjectMeta();
  }
}
