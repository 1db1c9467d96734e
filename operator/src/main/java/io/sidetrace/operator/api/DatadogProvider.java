package io.sidetrace.operator.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// Envoy's `DatadogConfig`.
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "!has(self.collectorHostname) || self.collectorHostname.matches(" + Cel.HOST + ")",
    fieldPath = ".collectorHostname",
    message = "not a host name " + Cel.HOST_EXPECTED,
    messageExpression = "self.collectorHostname + ' " + Cel.HOST_EXPECTED + "'")
@JsonIgnoreProperties(ignoreUnknown = true)
public record DatadogProvider(
    @Size(min = 1, max = 100)
        @JsonPropertyDescription(
            "The service that spans name, the same for every pod. Default: each pod's own, as with"
                + " every provider.")
        @Nullable String serviceName,
    @Size(min = 1, max = 253)
        @JsonPropertyDescription(
            "The Host header of what is sent to the agent, whose port is 8126. Default: the"
                + " collector's name.")
        @Nullable String collectorHostname)
    implements ProviderChoice {

  @Override
  public String key() {
    return "datadog";
  }

  @Override
  public Transport transport() {
    return Transport.HTTP;
  }
}
