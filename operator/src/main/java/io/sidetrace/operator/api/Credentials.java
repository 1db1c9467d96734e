package io.sidetrace.operator.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// What the collector knows the sidecar by. The Secret is of the namespace of the workload, whose
/// sidecar mounts it and reads it again when it changes; the operator never reads it.
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "self.secretName.matches(" + Cel.OBJECT_NAME + ")",
    fieldPath = ".secretName",
    message = "not a name of a Secret " + Cel.OBJECT_NAME_EXPECTED,
    messageExpression = "self.secretName + ' " + Cel.OBJECT_NAME_EXPECTED + "'")
@ValidationRule(
    value = "self.key.matches(" + Cel.DATA_KEY + ")",
    fieldPath = ".key",
    message = "not a key of a Secret " + Cel.DATA_KEY_EXPECTED,
    messageExpression = "self.key + ' " + Cel.DATA_KEY_EXPECTED + "'")
@ValidationRule(
    value =
        "!has(self.header) || (self.header.matches("
            + Cel.FIELD_NAME
            + ") && !self.header.matches('^grpc-|-bin$') && !(self.header in "
            + Cel.RESERVED
            + "))",
    fieldPath = ".header",
    message = "not a name of a header " + Cel.FIELD_NAME_EXPECTED,
    messageExpression = "self.header + ' " + Cel.FIELD_NAME_EXPECTED + "'")
@ValidationRule(
    value = "!has(self.prefix) || self.prefix.matches('^[ -~]*$')",
    fieldPath = ".prefix",
    message = "not a header's value (expected: visible characters and spaces)")
@JsonIgnoreProperties(ignoreUnknown = true)
public record Credentials(
    @Required
        @Size(min = 1, max = 253)
        @JsonPropertyDescription("The name of the Secret, in the workload's own namespace.")
        String secretName,
    @Default("token") @Size(min = 1, max = 253) @JsonPropertyDescription("Its key. Default token.")
        String key,
    @Size(min = 1, max = 128)
        @JsonPropertyDescription(
            "The header, or metadata with gRPC, that carries it, in lower case. Default:"
                + " lightstep-access-token with lightstep, authentication with skywalking, else"
                + " authorization.")
        @Nullable String header,
    @Size(max = 64)
        @JsonPropertyDescription(
            "What stands before the Secret's text. Default: \"Bearer \" where header is"
                + " authorization by default, else nothing.")
        @Nullable String prefix) {
  private static final String KEY = "token";
  private static final String AUTHORIZATION = "authorization";
  private static final String BEARER = "Bearer ";

  public Credentials(
      String secretName, @Nullable String key, @Nullable String header, @Nullable String prefix) {
    this.secretName = secretName;
    this.key = key == null ? KEY : key;
    this.header = header;
    this.prefix = prefix;
  }

  /// The header that it goes into.
  public String headerFor(ProviderChoice provider) {
    return header == null ? usualHeader(provider) : header;
  }

  /// What goes before it.
  public String prefixFor(ProviderChoice provider) {
    if (prefix != null) {
      return prefix;
    }
    return header == null && usualHeader(provider).equals(AUTHORIZATION) ? BEARER : "";
  }

  private static String usualHeader(ProviderChoice provider) {
    return switch (provider) {
      case LightstepProvider _ -> "lightstep-access-token";
      case SkyWalkingProvider _ -> "authentication";
      case ZipkinProvider _, JaegerProvider _, OpenTelemetryProvider _ -> AUTHORIZATION;
      case DatadogProvider _, XRayProvider _ -> AUTHORIZATION;
    };
  }
}
