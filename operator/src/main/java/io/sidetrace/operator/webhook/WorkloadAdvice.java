package io.sidetrace.operator.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Warns about `sidetrace.io/` keys on a workload's own metadata, where they do nothing: what is
/// injected is the pod, and a pod's keys come from the workload's pod template.
final class WorkloadAdvice implements Admission {

  private static final String PREFIX = "sidetrace.io/";

  /// Keys that the operator itself writes, and that tools copy along.
  private static final Set<String> OWN = Set.of("sidetrace.io/status", "sidetrace.io/injected");

  @Override
  public Answer review(AdmissionRequest request) {
    String belongs =
        request.kind().equals("CronJob")
            ? "spec.jobTemplate.spec.template.metadata"
            : "spec.template.metadata";
    JsonNode metadata = request.object().path("metadata");
    List<String> warnings = new ArrayList<>();
    for (String place : List.of("annotations", "labels")) {
      for (var entry : metadata.path(place).properties()) {
        String key = entry.getKey();
        if (key.startsWith(PREFIX) && !OWN.contains(key)) {
          warnings.add(
              "sidetrace: metadata.%s[%s] on a %s has no effect (expected: in %s.%s)"
                  .formatted(place, key, request.kind(), belongs, place));
        }
      }
    }
    return Answer.unchanged(warnings);
  }
}
