package io.sidetrace.operator.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Envoy's `OpenTelemetryConfig`, with the service flattened into it.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "!has(self.path) || self.path.matches(" + Cel.PATH + ")",
    fieldPath = ".path",
    message = "not a path (expected: one that starts with /, such as /v1/traces)",
    messageExpression = "self.path + ' (expected: a path that starts with /, such as /v1/traces)'")
@ValidationRule(
    value = "!has(self.path) || self.protocol == 'HTTP'",
    fieldPath = ".path",
    message = "not for GRPC (expected: none, or protocol HTTP)",
    messageExpression = "self.path + ' with protocol GRPC (expected: none, or protocol HTTP)'")
@ValidationRule(
    value = "!has(self.collectorHostname) || self.collectorHostname.matches(" + Cel.HOST + ")",
    fieldPath = ".collectorHostname",
    message = "not a host name " + Cel.HOST_EXPECTED,
    messageExpression = "self.collectorHostname + ' " + Cel.HOST_EXPECTED + "'")
@ValidationRule(
    value = "self.timeout.matches(" + Cel.DURATION + ") && self.timeout.matches('[1-9]')",
    fieldPath = ".timeout",
    message = "not a duration " + Cel.DURATION_EXPECTED,
    messageExpression = "self.timeout + ' " + Cel.DURATION_EXPECTED + "'")
@ValidationRule(
    value =
        "!has(self.resourceAttributes) || self.resourceAttributes.all(name, name != '' &&"
            + " self.resourceAttributes[name] != '')",
    fieldPath = ".resourceAttributes",
    message =
        "an attribute without a name or a value (expected: such as deployment.environment.name:"
            + " test)")
@JsonIgnoreProperties(ignoreUnknown = true)
public record OpenTelemetryProvider(
    @Default("GRPC")
        @JsonPropertyDescription(
            "How OTLP travels. GRPC: its port is 4317. HTTP: protobuf by POST, its port is 4318."
                + " Default GRPC.")
        Protocol protocol,
    @Size(min = 1, max = 256)
        @JsonPropertyDescription(
            "With HTTP: the path that spans are posted to. Default /v1/traces.")
        @Nullable String path,
    @Size(min = 1, max = 253)
        @JsonPropertyDescription(
            "The Host header, or :authority, of what is sent to the collector. Default: the"
                + " collector's address and port where there is one, else its name.")
        @Nullable String collectorHostname,
    @Size(max = 32)
        @JsonPropertyDescription(
            "Headers of every message to the collector, metadata with GRPC; at most 32. Nothing"
                + " secret: that is what collector.credentials is for.")
        List<HeaderField> headers,
    @Size(max = 64)
        @JsonPropertyDescription(
            "Attributes of the resource that spans come from, by name, at most 64. They win over"
                + " those that every pod gets by itself: service.name, service.namespace,"
                + " service.instance.id, k8s.namespace.name, k8s.pod.name, k8s.pod.uid,"
                + " k8s.node.name, k8s.container.name where it has one container, and host.name.")
        Map<String, String> resourceAttributes,
    @JsonPropertyDescription(
            "Who decides which requests are traced. Absent: sampling, and a parent that is not"
                + " sampled. Given, it decides alone.")
        @Nullable Sampler sampler,
    @Default("10s")
        @Size(min = 2, max = 16)
        @JsonPropertyDescription(
            "How long one export may take: a duration in ms, s or m, such as 10s. Default 10s.")
        String timeout)
    implements ProviderChoice {
  private static final String TIMEOUT = "10s"; // as the OTLP exporters of OpenTelemetry's SDKs

  public OpenTelemetryProvider(
      @Nullable Protocol protocol,
      @Nullable String path,
      @Nullable String collectorHostname,
      @Nullable List<HeaderField> headers,
      @Nullable Map<String, String> resourceAttributes,
      @Nullable Sampler sampler,
      @Nullable String timeout) {
    this.protocol = protocol == null ? Protocol.GRPC : protocol;
    this.path = path;
    this.collectorHostname = collectorHostname;
    this.headers = headers == null ? List.of() : List.copyOf(headers);
    this.resourceAttributes = sorted(resourceAttributes);
    this.sampler = sampler;
    this.timeout = timeout == null ? TIMEOUT : timeout;
  }

  /// In one order, so that the same attributes render the same bytes.
  private static Map<String, String> sorted(@Nullable Map<String, String> attributes) {
    return attributes == null
        ? Map.of()
        : Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
  }

  @Override
  public String key() {
    return "opentelemetry";
  }

  @Override
  public Transport transport() {
    return protocol == Protocol.GRPC ? Transport.GRPC : Transport.HTTP;
  }

  /// How OTLP travels.
  public enum Protocol {
    GRPC,
    HTTP
  }
}
