package io.sidetrace.operator.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One key names the provider, its value holds that provider's fields.
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = Provider.GIVEN_IN_CEL + ".filter(given, given).size() == 1",
    message = "provider: none or several (expected: exactly one of " + Provider.NAMES + ")",
    messageExpression =
        "'provider:' + "
            + Provider.GIVEN_NAMES_IN_CEL
            + " + ' (expected: exactly one of "
            + Provider.NAMES
            + ")'")
@JsonIgnoreProperties(ignoreUnknown = true)
public record Provider(
    @JsonPropertyDescription("Zipkin and what speaks its API.") @Nullable ZipkinProvider zipkin,
    @JsonPropertyDescription("Jaeger, by OTLP or by Zipkin's API.") @Nullable JaegerProvider jaeger,
    @JsonPropertyDescription("OpenTelemetry: whatever takes OTLP, such as its Collector.")
        @Nullable OpenTelemetryProvider opentelemetry,
    @JsonPropertyDescription("Datadog, by its agent.") @Nullable DatadogProvider datadog,
    @JsonPropertyDescription("Apache SkyWalking, by its OAP server.")
        @Nullable SkyWalkingProvider skywalking,
    @JsonPropertyDescription("AWS X-Ray, by its daemon.") @Nullable XRayProvider xray,
    @JsonPropertyDescription(
            "LightStep, by OTLP to its collectors. collector.credentials must name the access"
                + " token. Without propagation, contexts are taken from lightstep, b3, b3multi,"
                + " tracecontext and ottrace, and written as lightstep, b3multi and tracecontext.")
        @Nullable LightstepProvider lightstep) {
  /// All of them, for messages.
  public static final String NAMES =
      "zipkin, jaeger, opentelemetry, datadog, skywalking, xray and lightstep";

  static final String GIVEN_IN_CEL =
      "[has(self.zipkin), has(self.jaeger), has(self.opentelemetry), has(self.datadog),"
          + " has(self.skywalking), has(self.xray), has(self.lightstep)]";

  /// The names of the keys that are given. Literals joined by `+`, because the API server refuses a
  /// schema with a message whose length it cannot bound, such as one made by `join`.
  static final String GIVEN_NAMES_IN_CEL =
      "(has(self.zipkin) ? ' zipkin' : '') + (has(self.jaeger) ? ' jaeger' : '')"
          + " + (has(self.opentelemetry) ? ' opentelemetry' : '')"
          + " + (has(self.datadog) ? ' datadog' : '')"
          + " + (has(self.skywalking) ? ' skywalking' : '')"
          + " + (has(self.xray) ? ' xray' : '') + (has(self.lightstep) ? ' lightstep' : '')"
          + " + ("
          + GIVEN_IN_CEL
          + ".exists(given, given) ? '' : ' none')";

  /// The names of the providers that are given.
  public List<String> given() {
    return choices().map(ProviderChoice::key).toList();
  }

  /// The one that is given; null unless exactly one is.
  public @Nullable ProviderChoice choice() {
    return given().size() == 1 ? choices().findFirst().orElse(null) : null;
  }

  private Stream<ProviderChoice> choices() {
    return Stream.<@Nullable ProviderChoice>of(
            zipkin, jaeger, opentelemetry, datadog, skywalking, xray, lightstep)
        .filter(Objects::nonNull);
  }
}
