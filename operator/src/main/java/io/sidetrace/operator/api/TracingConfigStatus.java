package io.sidetrace.operator.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of a configuration.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record TracingConfigStatus(
    @JsonPropertyDescription("The metadata.generation that this status speaks of.")
        @Nullable Long observedGeneration,
    @JsonPropertyDescription(
            "Accepted: the spec can be served. Programmed: its rendered form is in every namespace"
                + " that needs it.")
        List<Condition> conditions) {
  /// The spec is valid and no older configuration stands in its place.
  public static final String ACCEPTED = "Accepted";

  /// The rendered configuration is in the ConfigMap of every namespace that needs it.
  public static final String PROGRAMMED = "Programmed";

  public TracingConfigStatus(
      @Nullable Long observedGeneration, @Nullable List<Condition> conditions) {
    this.observedGeneration = observedGeneration;
    this.conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }
}
