package io.sidetrace.sidecar.config;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.sidecar.config.provider.MessageField;
import io.sidetrace.sidecar.config.provider.MessageField.Source;
import io.sidetrace.sidecar.config.provider.OtlpService;
import io.sidetrace.sidecar.config.provider.SkyWalking;
import io.sidetrace.sidecar.trace.HeaderFormat;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The settings of SkyWalking.
class SkyWalkingConfigTest {
  private static final String CHAIN = "$.static_resources.listeners[0].filter_chains[0]";
  private static final String PROVIDER = CHAIN + ".filters[0].typed_config.tracing.provider";
  private static final String HTTP2 =
      """
      {"envoy.extensions.upstreams.http.v3.HttpProtocolOptions":
        {"@type": type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions,
         explicit_http_config: {http2_protocol_options: {}}}}\
      """;

  private static Tree tree(String settings) {
    return Tree.example("everything.yaml")
        .remove(CHAIN + ".metadata")
        .set("$.static_resources.clusters[1].typed_extension_protocol_options", HTTP2)
        .set(
            PROVIDER,
            "{name: envoy.tracers.skywalking, typed_config: {\"@type\":"
                + " type.googleapis.com/envoy.config.trace.v3.SkyWalkingConfig, "
                + settings
                + "}}");
  }

  private static HttpTracing read(String settings) {
    ReadResult result = tree(settings).read();
    assertThat(result).isInstanceOf(ReadResult.Read.class);
    Listener listener = ((ReadResult.Read) result).configuration().listeners().getFirst();
    return requireNonNull(requireNonNull(listener.http()).tracing());
  }

  @Test
  void everySetting_isRead() {
    assertThat(
            read("grpc_service: {envoy_grpc: {cluster_name: zipkin, authority: oap.example},"
                    + " timeout: 3s, initial_metadata: [{key: X-Tenant, value: shop}]},"
                    + " client_config: {service_name: svc, instance_name: svc-1,"
                    + " backend_token: t0ken, max_cache_size: 7}")
                .provider())
        .isEqualTo(
            new SkyWalking(
                new OtlpService.Grpc(
                    "zipkin",
                    "oap.example",
                    Duration.ofSeconds(3),
                    List.of(MessageField.inline("x-tenant", "shop"))),
                "svc",
                "svc-1",
                new Source.Inline("t0ken")));
  }

  @Test
  void serviceAlone_isEnough() {
    HttpTracing tracing = read("grpc_service: {envoy_grpc: {cluster_name: zipkin}}");

    assertThat(tracing.provider())
        .isInstanceOfSatisfying(
            SkyWalking.class,
            provider -> {
              assertThat(provider.serviceOf("cluster")).isEqualTo("cluster");
              assertThat(provider.serviceOf("")).isEqualTo("-");
              assertThat(provider.instanceOf("node")).isEqualTo("node");
            });
    assertThat(tracing.additions().propagation())
        .isEqualTo(
            new ContextPropagation(List.of(HeaderFormat.SW8), List.of(HeaderFormat.SW8), false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "client_config: {} | typed_config.grpc_service, message=missing (expected: an object)",
        "'grpc_service: {}' | grpc_service.envoy_grpc, message=missing (expected: an object)",
        "'grpc_service: {google_grpc: {}, envoy_grpc: {cluster_name: zipkin}}' |"
            + " google_grpc, message=unsupported",
        "'grpc_service: {envoy_grpc: {cluster_name: zipkn}}' |"
            + " cluster_name, message=\"zipkn\" is no cluster (did you mean zipkin?",
        "'grpc_service: {envoy_grpc: {cluster_name: zipkin}}, client_config: {backend_token:"
            + " t\u00f6ken}' | backend_token, message=a character that no field may have",
        "'grpc_service: {envoy_grpc: {cluster_name: zipkin}}, client_config: {service: a}' |"
            + " client_config.service, message=unsupported field",
      })
  void whatIsWrong_isRefused(String settings, String refusal) {
    assertThat(tree(settings).read())
        .isInstanceOfSatisfying(
            ReadResult.Refused.class,
            refused -> {
              assertThat(refused.refusals().toString()).contains(refusal);
              assertThat(refused.refusals().toString()).doesNotContain("t\u00f6ken");
            });
  }
}
