package io.sidetrace.operator.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/// The pods of a configuration. `matched` is `injected` and `missing` together; `injected` is
/// `current`, `outdated` and `unknown` together.
@JsonIgnoreProperties(ignoreUnknown = true)
public record PodCounts(
    @Required
        @JsonPropertyDescription("Pods that this configuration is for, with a sidecar or without.")
        int matched,
    @Required @JsonPropertyDescription("Pods of those that have a sidecar.") int injected,
    @Required @JsonPropertyDescription("Sidecars that say that they have applied the present form.")
        int current,
    @Required
        @JsonPropertyDescription(
            "Sidecars that use another form, or that only a restart of their pod can bring up to date.")
        int outdated,
    @Required
        @JsonPropertyDescription(
            "Sidecars that could not be asked, such as those of pods that are still starting.")
        int unknown,
    @Required @JsonPropertyDescription("Pods that should have a sidecar and have none.")
        int missing) {}
