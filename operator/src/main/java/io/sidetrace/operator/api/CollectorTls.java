package io.sidetrace.operator.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// TLS to the collector. Secrets are of the namespace of the workload, whose sidecar mounts them;
/// the operator never reads them.
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "!has(self.sni) || self.sni.matches('^[A-Za-z0-9._-]+$')",
    fieldPath = ".sni",
    message = "not a name (expected: a DNS name, such as collector.example.com)",
    messageExpression = "self.sni + ' (expected: a DNS name, such as collector.example.com)'")
@JsonIgnoreProperties(ignoreUnknown = true)
public record CollectorTls(
    @Size(min = 1, max = 253)
        @JsonPropertyDescription(
            "The name that is asked for (SNI), and that the collector's certificate must be for."
                + " Default: the collector's DNS name where there is one; without any, only the"
                + " authority counts.")
        @Nullable String sni,
    @Required
        @JsonPropertyDescription(
            "Where the authorities are, in PEM, that the collector's certificate must come from.")
        @Nullable CertificateAuthority ca,
    @JsonPropertyDescription("The certificate that the sidecar shows. Default: none.")
        @Nullable ClientCertificate clientCertificate) {

  /// A key of a Secret with authorities.
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
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record CertificateAuthority(
      @Required
          @Size(min = 1, max = 253)
          @JsonPropertyDescription("The name of the Secret, in the workload's own namespace.")
          String secretName,
      @Default("ca.crt")
          @Size(min = 1, max = 253)
          @JsonPropertyDescription("Its key. Default ca.crt.")
          String key) {
    private static final String KEY = "ca.crt";

    public CertificateAuthority(String secretName, @Nullable String key) {
      this.secretName = secretName;
      this.key = key == null ? KEY : key;
    }
  }

  /// A Secret of Kubernetes' type for TLS.
  @ValidationRule(
      value = "self.secretName.matches(" + Cel.OBJECT_NAME + ")",
      fieldPath = ".secretName",
      message = "not a name of a Secret " + Cel.OBJECT_NAME_EXPECTED,
      messageExpression = "self.secretName + ' " + Cel.OBJECT_NAME_EXPECTED + "'")
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record ClientCertificate(
      @Required
          @Size(min = 1, max = 253)
          @JsonPropertyDescription(
              "The name of a Secret of type kubernetes.io/tls in the workload's own namespace, with"
                  + " tls.crt and, as PKCS #8, tls.key.")
          String secretName) {}
}
