package io.sidetrace.operator.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of a configuration.
///
/// @param pods null until they have been counted for the first time
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record TracingConfigStatus(
    @JsonPropertyDescription("The metadata.generation that this status speaks of.")
        @Nullable Long observedGeneration,
    @JsonPropertyDescription(
            "Accepted: the spec can be served. Programmed: its rendered form is in every namespace"
                + " that needs it. CollectorReachable: what sidecars sent last has arrived.")
        List<Condition> conditions,
    @JsonPropertyDescription(
            "How many pods this configuration is for, and what their sidecars use.")
        @Nullable PodCounts pods,
    @JsonPropertyDescription("The first few pods that are counted as outdated.")
        List<NamedPod> outdatedPods,
    @JsonPropertyDescription("The first few pods that are counted as missing.")
        List<NamedPod> missingPods) {
  /// The spec is valid and no older configuration stands in its place.
  public static final String ACCEPTED = "Accepted";

  /// The rendered configuration is in the ConfigMap of every namespace that needs it.
  public static final String PROGRAMMED = "Programmed";

  /// What the sidecars exported last has arrived at the collector.
  public static final String COLLECTOR_REACHABLE = "CollectorReachable";

  public TracingConfigStatus(
      @Nullable Long observedGeneration,
      @Nullable List<Condition> conditions,
      @Nullable PodCounts pods,
      @Nullable List<NamedPod> outdatedPods,
      @Nullable List<NamedPod> missingPods) {
    this.observedGeneration = observedGeneration;
    this.conditions = conditions == null ? List.of() : List.copyOf(conditions);
    this.pods = pods;
    this.outdatedPods = outdatedPods == null ? List.of() : List.copyOf(outdatedPods);
    this.missingPods = missingPods == null ? List.of() : List.copyOf(missingPods);
  }
}
