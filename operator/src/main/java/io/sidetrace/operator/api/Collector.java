package io.sidetrace.operator.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The collector cluster, in the terms of Envoy's cluster definition.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value =
        "!has(self.name) || (self.name.matches('^[a-zA-Z0-9][a-zA-Z0-9_.-]*$') && !(self.name in"
            + " ['inbound', 'outbound']))",
    fieldPath = ".name",
    message = "not a name (expected: letters, digits, _ . and -, but not inbound or outbound)",
    messageExpression =
        "self.name + ' (expected: letters, digits, _ . and -, but not inbound or outbound, which the"
            + " sidecar uses)'")
@ValidationRule(
    value =
        "self.connectTimeout.matches(" + Cel.DURATION + ") && self.connectTimeout.matches('[1-9]')",
    fieldPath = ".connectTimeout",
    message = "not a duration " + Cel.DURATION_EXPECTED,
    messageExpression = "self.connectTimeout + ' " + Cel.DURATION_EXPECTED + "'")
@ValidationRule(
    value = "has(self.service) != (has(self.endpoints) && size(self.endpoints) > 0)",
    message = "collector: none or both of endpoints and service (expected: exactly one of them)")
@ValidationRule(
    value = "!has(self.service) || self.type == 'STRICT_DNS'",
    fieldPath = ".type",
    message = "not for a service (expected: STRICT_DNS)",
    messageExpression = "self.type + ' with a service (expected: STRICT_DNS)'")
@ValidationRule(
    value =
        "self.type != 'STATIC' || !has(self.endpoints) || self.endpoints.all(e, isIP(e.address))",
    fieldPath = ".endpoints",
    message = "a name with type STATIC (expected: IP addresses, or type STRICT_DNS)")
@ValidationRule(
    value = "self.type != 'LOGICAL_DNS' || !has(self.endpoints) || size(self.endpoints) == 1",
    fieldPath = ".endpoints",
    message = "several with type LOGICAL_DNS (expected: exactly one)")
@JsonIgnoreProperties(ignoreUnknown = true)
public record Collector(
    @Size(min = 1, max = 63)
        @JsonPropertyDescription(
            "The name of the collector cluster. Default: the provider's, such as zipkin.")
        @Nullable String name,
    @Default("1s")
        @Size(min = 2, max = 16)
        @JsonPropertyDescription(
            "How long connecting to a collector may take: a duration in ms, s or m, such as 1s or"
                + " 250ms. Default 1s.")
        String connectTimeout,
    @Default("STRICT_DNS")
        @JsonPropertyDescription(
            "How endpoints are found. STATIC: they are IP addresses. STRICT_DNS: names, of which"
                + " every resolved address is used. LOGICAL_DNS: one name, of which one resolved"
                + " address is used. Default STRICT_DNS.")
        Type type,
    @Default("ROUND_ROBIN")
        @JsonPropertyDescription("How one of the endpoints is picked. Default ROUND_ROBIN.")
        LbPolicy lbPolicy,
    @Size(max = 64)
        @JsonPropertyDescription("Where collectors listen, one to 64; or give service instead.")
        List<Endpoint> endpoints,
    @JsonPropertyDescription("A Service that collectors stand behind; or give endpoints instead.")
        @Nullable ServiceReference service,
    @Default("NONE")
        @JsonPropertyDescription(
            "Whether messages to the collector are made smaller: NONE or GZIP; not with datadog and"
                + " xray, which take none. Default NONE.")
        Compression compression,
    @JsonPropertyDescription(
            "TLS to the collector; not with xray, whose daemon takes datagrams. Default: none.")
        @Nullable CollectorTls tls,
    @JsonPropertyDescription(
            "What the collector knows the sidecar by; not with xray. Default: nothing.")
        @Nullable Credentials credentials) {
  private static final String CONNECT_TIMEOUT = "1s";

  public Collector(
      @Nullable String name,
      @Nullable String connectTimeout,
      @Nullable Type type,
      @Nullable LbPolicy lbPolicy,
      @Nullable List<Endpoint> endpoints,
      @Nullable ServiceReference service,
      @Nullable Compression compression,
      @Nullable CollectorTls tls,
      @Nullable Credentials credentials) {
    this.name = name;
    this.connectTimeout = connectTimeout == null ? CONNECT_TIMEOUT : connectTimeout;
    this.type = type == null ? Type.STRICT_DNS : type;
    this.lbPolicy = lbPolicy == null ? LbPolicy.ROUND_ROBIN : lbPolicy;
    this.endpoints = endpoints == null ? List.of() : List.copyOf(endpoints);
    this.service = service;
    this.compression = compression == null ? Compression.NONE : compression;
    this.tls = tls;
    this.credentials = credentials;
  }

  /// The name of the cluster.
  public String nameFor(ProviderChoice provider) {
    return name == null ? provider.key() : name;
  }

  /// How endpoints are found.
  public enum Type {
    STATIC,
    STRICT_DNS,
    LOGICAL_DNS
  }

  /// Whether messages are made smaller.
  public enum Compression {
    NONE,
    GZIP
  }

  /// How one of the endpoints is picked.
  public enum LbPolicy {
    ROUND_ROBIN
  }
}
