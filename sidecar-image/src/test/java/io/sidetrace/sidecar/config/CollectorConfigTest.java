package io.sidetrace.sidecar.config;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.sidetrace.sidecar.config.provider.CollectorOptions;
import io.sidetrace.sidecar.config.provider.Compression;
import io.sidetrace.sidecar.config.provider.Lightstep;
import io.sidetrace.sidecar.config.provider.Lightstep.PropagationMode;
import io.sidetrace.sidecar.config.provider.MessageField;
import io.sidetrace.sidecar.config.provider.MessageField.Source;
import io.sidetrace.sidecar.config.provider.OpenTelemetry;
import io.sidetrace.sidecar.config.provider.OpenTelemetrySampler;
import io.sidetrace.sidecar.config.provider.OtlpService;
import io.sidetrace.sidecar.config.provider.Provider;
import io.sidetrace.sidecar.trace.HeaderFormat;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The settings of collectors that are spoken to by OTLP, and what is asked beside them.
class CollectorConfigTest {
  private static final String CHAIN = "$.static_resources.listeners[0].filter_chains[0]";
  private static final String PROVIDER = CHAIN + ".filters[0].typed_config.tracing.provider";
  private static final String COLLECTOR =
      CHAIN + ".metadata.filter_metadata.io.sidetrace.collector";
  private static final String CLUSTER = "$.static_resources.clusters[1]";
  private static final String HTTP2 =
      """
      {"envoy.extensions.upstreams.http.v3.HttpProtocolOptions":
        {"@type": type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions,
         explicit_http_config: {http2_protocol_options: {}}}}\
      """;

  private static Tree tree(String name, String type, String settings) {
    return Tree.example("everything.yaml")
        .set(
            PROVIDER,
            "{name: %s, typed_config: {\"@type\": type.googleapis.com/envoy.config.trace.v3.%s, %s}}"
                .formatted(name, type, settings));
  }

  private static Tree otlp(String settings) {
    return tree("envoy.tracers.opentelemetry", "OpenTelemetryConfig", settings);
  }

  private static Tree lightstep(String settings) {
    return tree("envoy.tracers.lightstep", "LightstepConfig", settings);
  }

  private static Tree grpc(Tree tree) {
    return tree.set(CLUSTER + ".typed_extension_protocol_options", HTTP2);
  }

  private static HttpTracing read(Tree tree) {
    ReadResult result = tree.read();
    assertThat(result).isInstanceOf(ReadResult.Read.class);
    Listener listener = ((ReadResult.Read) result).configuration().listeners().getFirst();
    return requireNonNull(requireNonNull(listener.http()).tracing());
  }

  private static Provider provider(Tree tree) {
    return read(tree).provider();
  }

  @Test
  void grpcService_isRead() {
    Tree tree =
        grpc(
            otlp(
                "grpc_service: {envoy_grpc: {cluster_name: zipkin, authority: otel.example},"
                    + " timeout: 3s, initial_metadata: [{key: X-Tenant, value: shop}]},"
                    + " service_name: svc, max_cache_size: 7"));

    assertThat(provider(tree))
        .isEqualTo(
            new OpenTelemetry(
                new OtlpService.Grpc(
                    "zipkin",
                    "otel.example",
                    Duration.ofSeconds(3),
                    List.of(MessageField.inline("x-tenant", "shop"))),
                "svc",
                Map.of(),
                OpenTelemetrySampler.NONE));
  }

  @Test
  void httpService_isRead() {
    Tree tree =
        otlp(
            "http_service: {http_uri: {uri: \"https://otel.example:4318/v1/traces?a=b\","
                + " cluster: zipkin, timeout: 2s}, request_headers_to_add:"
                + " [{header: {key: x-tenant, value: shop}, append_action: ADD_IF_ABSENT}]}");

    assertThat(((OpenTelemetry) provider(tree)).service())
        .isEqualTo(
            new OtlpService.Http(
                "zipkin",
                "otel.example:4318",
                "/v1/traces?a=b",
                Duration.ofSeconds(2),
                List.of(MessageField.inline("x-tenant", "shop"))));
  }

  @Test
  void detectors_findTheLaterBeforeTheEarlier() {
    String package3 = "type.googleapis.com/envoy.extensions.tracers.opentelemetry";
    String statics =
        "{name: a, typed_config: {\"@type\": "
            + package3
            + ".resource_detectors.v3.StaticConfigResourceDetectorConfig, attributes: {%s}}}";
    Tree tree =
        otlp(
            "http_service: {http_uri: {uri: \"http://a\", cluster: zipkin, timeout: 2s}},"
                + " resource_detectors: ["
                + statics.formatted("k8s.pod.name: p1, a: b")
                + ", {name: envoy.tracers.opentelemetry.resource_detectors.environment},"
                + statics.formatted("a: c")
                + "], sampler: {name: envoy.tracers.opentelemetry.samplers.always_on}");

    OpenTelemetry read = (OpenTelemetry) provider(tree);

    assertThat(read.resource()).isEqualTo(Map.of("k8s.pod.name", "p1", "a", "c"));
    assertThat(read.sampler().name()).isEqualTo("always_on");
    assertThat(read.service()).extracting("path").isEqualTo("/");
  }

  @Test
  void lightstep_isRead() {
    Tree tree =
        grpc(
            lightstep(
                "collector_cluster: zipkin, access_token_file: /etc/token,"
                    + " propagation_modes: [B3, ENVOY, LIGHTSTEP, TRACE_CONTEXT]"));

    Provider read = provider(tree);

    assertThat(read)
        .isEqualTo(
            new Lightstep(
                "zipkin",
                new Source.File(Path.of("/etc/token")),
                List.of(
                    PropagationMode.B3,
                    PropagationMode.ENVOY,
                    PropagationMode.LIGHTSTEP,
                    PropagationMode.TRACE_CONTEXT)));
    assertThat(read.dialect().inject())
        .containsExactly(
            HeaderFormat.B3MULTI,
            HeaderFormat.LIGHTSTEP,
            HeaderFormat.OTTRACE,
            HeaderFormat.TRACECONTEXT);
  }

  @Test
  void lightstepOf2018_isRead() {
    Tree tree =
        grpc(
            Tree.example("everything.yaml")
                .set(
                    PROVIDER,
                    "{name: envoy.lightstep,"
                        + " config: {collector_cluster: zipkin, access_token_file: /etc/token}}"));

    assertThat(provider(tree).dialect().extract()).containsExactly(HeaderFormat.LIGHTSTEP);
  }

  @Test
  void inlineToken_isNeverShown() {
    Tree tree = grpc(lightstep("collector_cluster: zipkin, access_token: {inline_string: s3cr3t}"));

    Provider read = provider(tree);

    assertThat(read + " " + read.settings()).doesNotContain("s3cr3t");
  }

  @Test
  void metadata_isNeverShown() {
    Tree tree =
        grpc(
            otlp(
                "grpc_service: {envoy_grpc: {cluster_name: zipkin},"
                    + " initial_metadata: [{key: authorization, value: s3cr3t}]}"));

    Provider read = provider(tree);

    assertThat(read + " " + read.settings()).doesNotContain("s3cr3t").contains("authorization");
  }

  @Test
  void collector_isRead() {
    Tree tree =
        Tree.example("everything.yaml")
            .set(
                COLLECTOR,
                "{cluster: backend, compression: gzip, credentials: [{header: Authorization,"
                    + " file: /etc/token, prefix: \"Bearer \"}, {header: x, file: /etc/x}]}");

    assertThat(read(tree).additions().collector())
        .isEqualTo(
            new CollectorOptions(
                "backend",
                Compression.GZIP,
                List.of(
                    new MessageField(
                        "authorization", new Source.File(Path.of("/etc/token")), "Bearer "),
                    new MessageField("x", new Source.File(Path.of("/etc/x")), ""))));
  }

  static Stream<Arguments> refusals() {
    String grpc = "grpc_service: {envoy_grpc: {cluster_name: zipkin}";
    String http = "http_service: {http_uri: {uri: \"http://a/b\", cluster: zipkin, timeout: 1s}";
    String credential = "{credentials: [{header: %s, file: %s}]}";
    Tree plain = Tree.example("everything.yaml");
    return Stream.of(
        argumentSet("nothing", otlp("service_name: a"), "grpc_service, http_service"),
        argumentSet("both", otlp(grpc + "}, " + http + "}"), "more than one of"),
        argumentSet("gRPC by HTTP/1", otlp(grpc + "}"), "\"http2_protocol_options\": {}"),
        argumentSet("HTTP by HTTP/2", grpc(otlp(http + "}")), "leave http2_protocol_options out"),
        argumentSet("Zipkin by HTTP/2", grpc(plain.copy()), "leave http2_protocol_options out"),
        argumentSet(
            "no endpoints",
            otlp("grpc_service: {envoy_grpc: {cluster_name: inbound}}"),
            "\"inbound\" is of type ORIGINAL_DST (expected: a cluster with endpoints)"),
        argumentSet(
            "unknown cluster",
            otlp("grpc_service: {envoy_grpc: {cluster_name: zipkim}}"),
            "did you mean zipkin?"),
        argumentSet("google_grpc", otlp("grpc_service: {google_grpc: {}}"), "google_grpc"),
        argumentSet(
            "no timeout",
            otlp("http_service: {http_uri: {uri: \"http://a/b\", cluster: zipkin}}"),
            "timeout: missing (expected: seconds"),
        argumentSet(
            "no URI",
            otlp("http_service: {http_uri: {uri: /v1/traces, cluster: zipkin, timeout: 1s}}"),
            "\"/v1/traces\" (expected: a URI, such as http://collector:4318/v1/traces)"),
        argumentSet(
            "user in URI",
            otlp("http_service: {http_uri: {uri: \"http://u@a/\", cluster: zipkin, timeout: 1s}}"),
            "(expected: a URI"),
        argumentSet(
            "format string",
            grpc(otlp(grpc + ", initial_metadata: [{key: a, value: \"%START_TIME%\"}]}")),
            "a percent sign"),
        argumentSet(
            "character of no field",
            grpc(otlp(grpc + ", initial_metadata: [{key: a, value: tökén}]}")),
            "a character that no field may have"),
        argumentSet(
            "field of framing",
            grpc(otlp(grpc + ", initial_metadata: [{key: Content-Type, value: a}]}")),
            "\"Content-Type\" (expected: no field that frames"),
        argumentSet(
            "field of gRPC",
            grpc(otlp(grpc + ", initial_metadata: [{key: grpc-timeout, value: a}]}")),
            "no field that frames"),
        argumentSet(
            "binary",
            grpc(otlp(grpc + ", initial_metadata: [{key: a-bin, value: a}]}")),
            "no binary metadata"),
        argumentSet(
            "pseudo field",
            grpc(otlp(grpc + ", initial_metadata: [{key: \":path\", value: a}]}")),
            "the name of a field"),
        argumentSet(
            "unknown detector",
            grpc(otlp(grpc + "}, resource_detectors: [{name: dynatrace}]")),
            "\"dynatrace\" (expected one of: envoy.tracers.opentelemetry.resource_detectors"),
        argumentSet(
            "unknown sampler", grpc(otlp(grpc + "}, sampler: {name: cel}")), "expected one of"),
        argumentSet(
            "no token",
            grpc(lightstep("collector_cluster: zipkin")),
            "missing (expected one of: access_token, access_token_file)"),
        argumentSet(
            "unknown mode",
            grpc(
                lightstep(
                    "collector_cluster: zipkin, access_token_file: a, propagation_modes: [W3C]")),
            "ENVOY, LIGHTSTEP, B3, TRACE_CONTEXT"),
        argumentSet(
            "credential without a file",
            plain.copy().set(COLLECTOR, "{credentials: [{header: a}]}"),
            "file: missing"),
        argumentSet(
            "credential in a wrong field",
            plain.copy().set(COLLECTOR, credential.formatted("host", "/a")),
            "no field that frames"),
        argumentSet(
            "unknown compression",
            plain.copy().set(COLLECTOR, "{compression: zstd}"),
            "NONE, GZIP"),
        argumentSet(
            "collector of TCP",
            plain
                .copy()
                .set(
                    "$.static_resources.listeners[0].default_filter_chain.metadata"
                        + ".filter_metadata.io.sidetrace.collector",
                    "{compression: GZIP}"),
            "given on a chain of tcp_proxy"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void whatCannotWork_isRefused(Tree tree, String message) {
    ReadResult result = tree.read();

    assertThat(result).isInstanceOf(ReadResult.Refused.class);
    assertThat(((ReadResult.Refused) result).refusals())
        .extracting(refusal -> refusal.path() + ": " + refusal.message())
        .anySatisfy(refusal -> assertThat(refusal).contains(message));
  }

  @Test
  void refusedValues_areNotRepeated() {
    Tree tree =
        grpc(
            otlp(
                "grpc_service: {envoy_grpc: {cluster_name: zipkin},"
                    + " initial_metadata: [{key: a, value: \"s3cr3t%\"}]}"));

    assertThat(tree.read().toString()).doesNotContain("s3cr3t");
  }
}
