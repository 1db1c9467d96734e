package io.sidetrace.operator.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One key names the provider, its value holds that provider's fields.
///
/// The names that are not supported yet are in the schema so that they are refused by name: a key
/// that is not in it would be pruned unseen.
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = Provider.GIVEN_IN_CEL + ".filter(given, given).size() == 1",
    message = "provider: none or several (expected: exactly one; supported: zipkin)",
    messageExpression =
        "'provider:' + "
            + Provider.NAMES_IN_CEL
            + " + ' (expected: exactly one; supported: zipkin)'")
@ValidationRule(
    value =
        "![has(self.jaeger), has(self.opentelemetry), has(self.datadog), has(self.skywalking),"
            + " has(self.xray), has(self.lightstep)].exists(given, given)",
    message = "provider: one that is not supported yet (expected: zipkin)",
    messageExpression =
        "'provider:' + " + Provider.NAMES_IN_CEL + " + ' is not supported yet (expected: zipkin)'")
@JsonIgnoreProperties(ignoreUnknown = true)
public record Provider(
    @JsonPropertyDescription("Zipkin and what speaks its API.") @Nullable ZipkinProvider zipkin,
    @PreserveUnknownFields @JsonPropertyDescription(NOT_YET) @Nullable Object jaeger,
    @PreserveUnknownFields @JsonPropertyDescription(NOT_YET) @Nullable Object opentelemetry,
    @PreserveUnknownFields @JsonPropertyDescription(NOT_YET) @Nullable Object datadog,
    @PreserveUnknownFields @JsonPropertyDescription(NOT_YET) @Nullable Object skywalking,
    @PreserveUnknownFields @JsonPropertyDescription(NOT_YET) @Nullable Object xray,
    @PreserveUnknownFields @JsonPropertyDescription(NOT_YET) @Nullable Object lightstep) {
  private static final String NOT_YET = "Not supported yet.";

  static final String GIVEN_IN_CEL =
      "[has(self.zipkin), has(self.jaeger), has(self.opentelemetry), has(self.datadog),"
          + " has(self.skywalking), has(self.xray), has(self.lightstep)]";

  /// The names of the keys that are given. Literals joined by `+`, because the API server refuses a
  /// schema with a message whose length it cannot bound, such as one made by `join`.
  static final String NAMES_IN_CEL =
      "(has(self.zipkin) ? ' zipkin' : '') + (has(self.jaeger) ? ' jaeger' : '')"
          + " + (has(self.opentelemetry) ? ' opentelemetry' : '')"
          + " + (has(self.datadog) ? ' datadog' : '')"
          + " + (has(self.skywalking) ? ' skywalking' : '')"
          + " + (has(self.xray) ? ' xray' : '') + (has(self.lightstep) ? ' lightstep' : '')"
          + " + ("
          + GIVEN_IN_CEL
          + ".exists(given, given) ? '' : ' none')";

  public static Provider of(ZipkinProvider zipkin) {
    return new Provider(zipkin, null, null, null, null, null, null);
  }

  /// The names of the providers that are given, supported or not.
  public List<String> given() {
    var given = new ArrayList<String>();
    addIf(zipkin, "zipkin", given);
    addIf(jaeger, "jaeger", given);
    addIf(opentelemetry, "opentelemetry", given);
    addIf(datadog, "datadog", given);
    addIf(skywalking, "skywalking", given);
    addIf(xray, "xray", given);
    addIf(lightstep, "lightstep", given);
    return given;
  }

  private static void addIf(@Nullable Object fields, String name, List<String> given) {
    if (fields != null) {
      given.add(name);
    }
  }

  /// The one that is given; null unless exactly one is and it is supported.
  public @Nullable ProviderChoice choice() {
    return given().size() == 1 ? zipkin : null;
  }
}
