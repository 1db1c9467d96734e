package io.sidetrace.operator.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/// A pod that needs somebody's attention, and why.
@JsonIgnoreProperties(ignoreUnknown = true)
public record NamedPod(
    @Required @JsonPropertyDescription("The pod's namespace.") String namespace,
    @Required @JsonPropertyDescription("The pod's name.") String name,
    @Required @JsonPropertyDescription("Why, in one word.") String reason,
    @Required @JsonPropertyDescription("What was found, and what helps.") String message) {}
