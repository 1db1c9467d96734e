package io.sidetrace.operator.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// One of OpenTelemetry's samplers.
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "self.type != 'TRACE_ID_RATIO' || has(self.ratio)",
    fieldPath = ".ratio",
    message = "none with TRACE_ID_RATIO (expected: 0 to 1)")
@ValidationRule(
    value = "self.type != 'ALWAYS_ON' || !has(self.ratio)",
    fieldPath = ".ratio",
    message = "given with ALWAYS_ON (expected: none, or type TRACE_ID_RATIO or PARENT_BASED)")
@JsonIgnoreProperties(ignoreUnknown = true)
public record Sampler(
    @Required
        @JsonPropertyDescription(
            "ALWAYS_ON: every request. TRACE_ID_RATIO: as many as ratio says, by their trace"
                + " identifiers. PARENT_BASED: as the context that came in says; without one, as"
                + " many as ratio says, and all without ratio.")
        Type type,
    @Min(0)
        @Max(1)
        @JsonPropertyDescription(
            "Which part is traced, 0 to 1 in steps of 0.000001; for TRACE_ID_RATIO and"
                + " PARENT_BASED.")
        @Nullable Double ratio) {

  /// Who decides.
  public enum Type {
    ALWAYS_ON,
    PARENT_BASED,
    TRACE_ID_RATIO
  }
}
