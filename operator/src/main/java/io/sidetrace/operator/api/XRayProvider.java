package io.sidetrace.operator.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// Envoy's `XRayConfig`. The daemon is `collector`.
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "!has(self.samplingRuleManifest) || self.samplingBy == 'XRAY'",
    fieldPath = ".samplingRuleManifest",
    message = "given with samplingBy TRACING_CONFIG (expected: none, or samplingBy XRAY)")
@JsonIgnoreProperties(ignoreUnknown = true)
public record XRayProvider(
    @Size(min = 1, max = 200)
        @JsonPropertyDescription(
            "The name of segments, the same for every pod. Default: each pod's own service name.")
        @Nullable String segmentName,
    @Default("XRAY")
        @JsonPropertyDescription(
            "Whose rules decide which new traces there are. XRAY: those of samplingRuleManifest,"
                + " else X-Ray's default: one request a second, and 5 percent of the others;"
                + " spec.sampling must then leave everything to it. TRACING_CONFIG:"
                + " spec.sampling. Default XRAY.")
        SamplingBy samplingBy,
    @Size(min = 2, max = 16384)
        @JsonPropertyDescription(
            "X-Ray's sampling rules as JSON of version 2, with default and rules. Default: X-Ray's"
                + " own.")
        @Nullable String samplingRuleManifest,
    @Size(min = 1, max = 128)
        @JsonPropertyDescription(
            "What kind of resource segments are of, such as AWS::EKS::Container. Default: the data"
                + " plane's own, AWS::ServiceMesh::Proxy.")
        @Nullable String origin)
    implements ProviderChoice {

  public XRayProvider(
      @Nullable String segmentName,
      @Nullable SamplingBy samplingBy,
      @Nullable String samplingRuleManifest,
      @Nullable String origin) {
    this.segmentName = segmentName;
    this.samplingBy = samplingBy == null ? SamplingBy.XRAY : samplingBy;
    this.samplingRuleManifest = samplingRuleManifest;
    this.origin = origin;
  }

  @Override
  public String key() {
    return "xray";
  }

  @Override
  public Transport transport() {
    return Transport.UDP;
  }

  /// Whose rules decide.
  public enum SamplingBy {
    XRAY,
    TRACING_CONFIG
  }
}
