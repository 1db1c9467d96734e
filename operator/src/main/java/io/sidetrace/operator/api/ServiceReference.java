package io.sidetrace.operator.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/// A Service of the cluster.
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ServiceReference(
    @Required @Size(min = 1, max = 63) @JsonPropertyDescription("The Service's name.") String name,
    @Size(min = 1, max = 63)
        @JsonPropertyDescription(
            "The Service's namespace. Default: the namespace of this TracingConfig.")
        @Nullable String namespace,
    @Required
        @Min(1)
        @Max(65535)
        @JsonPropertyDescription("The Service's port, 1 to 65535. " + Endpoint.USUAL_PORTS)
        Integer port) {}
