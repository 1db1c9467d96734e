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
        @JsonPropertyDescription("The collector's port, 1 to 65535. " + Endpoint.USUAL_PORTS)
        Integer port) {
  static final String USUAL_PORTS =
      "Usual: 9411 for Zipkin's API, 4317 for OTLP by gRPC and 4318 by HTTP, 8126 for Datadog's"
          + " agent, 11800 for SkyWalking, 2000 (UDP) for X-Ray's daemon, 443 for LightStep.";
}
