package io.sidetrace.operator.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/// Where one collector listens.
@JsonIgnoreProperties(ignoreUnknown = true)
public record Endpoint(
    @Required
        @Size(min = 1, max = 253)
        @JsonPropertyDescription("An IP address or a DNS name that the pods can resolve.")
        String address,
    @Required
        @Min(1)
        @Max(65535)
        @JsonPropertyDescription("The TCP port, 1 to 65535; Zipkin's is 9411.")
        Integer port) {}
