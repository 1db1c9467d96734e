package io.sidetrace.operator.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/// Envoy's `SkyWalkingConfig`. Its token is `collector.credentials`.
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record SkyWalkingProvider(
    @Size(min = 1, max = 128)
        @JsonPropertyDescription(
            "The service that segments name, the same for every pod. Default: each pod's own, as"
                + " with every provider. The instance is always the pod.")
        @Nullable String serviceName)
    implements ProviderChoice {

  @Override
  public String key() {
    return "skywalking";
  }

  @Override
  public Transport transport() {
    return Transport.GRPC;
  }
}
