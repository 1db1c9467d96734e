package io.sidetrace.sidecar.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.sidetrace.sidecar.config.ClusterDefinition;
import io.sidetrace.sidecar.config.SocketAddress;
import io.sidetrace.sidecar.config.UpstreamTls;
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
import io.sidetrace.sidecar.export.grpc.FakeGrpcCollector;
import io.sidetrace.sidecar.report.DropReason;
import io.sidetrace.sidecar.report.ReportSnapshot;
import io.sidetrace.sidecar.upstream.Certificates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// OTLP by HTTP and through TLS, and what goes along with it.
@Timeout(60)
class OtlpExportTest {
  private static final Predicate<ReportSnapshot> NOTHING_QUEUED = account -> account.queued() == 0;
  private static final Provider HTTP =
      new OpenTelemetry(
          new OtlpService.Http(
              "otel",
              "collector.example:4318",
              "/v1/traces?a=b",
              Duration.ofSeconds(10),
              List.of(MessageField.inline("x-tenant", "sandbox"))),
          "service1",
          Map.of(),
          OpenTelemetrySampler.NONE);

  @TempDir Path directory;
  private final ExportFixture fixture = new ExportFixture();

  @AfterEach
  void stop() {
    fixture.close();
  }

  private CollectorOptions options(Compression compression) {
    return new CollectorOptions(
        "",
        compression,
        List.of(
            new MessageField(
                "authorization", new Source.File(directory.resolve("token")), "Bearer ")));
  }

  @Test
  void messagesByHttp_haveTheirHead() throws Exception {
    try (FakeCollector collector = FakeCollector.start()) {
      Files.writeString(directory.resolve("token"), "t0ken\n");
      collector.otherwise(FakeCollector.answer(200));
      fixture
          .with(options(Compression.GZIP))
          .cluster("otel", collector.port())
          .apply(HTTP)
          .offer(HTTP, 10);

      assertThat(fixture.await(NOTHING_QUEUED).exported()).isEqualTo(10);
      assertThat(collector.heads().getFirst())
          .startsWith("POST /v1/traces?a=b HTTP/1.1\r\n")
          .contains(
              "host: collector.example:4318\r\n",
              "content-type: application/x-protobuf\r\n",
              "content-encoding: gzip\r\n",
              "x-tenant: sandbox\r\n",
              "authorization: Bearer t0ken\r\n");
    }
  }

  @Test
  void partialSuccessByHttp_countsWhatWasRejected() throws Exception {
    try (FakeCollector collector = FakeCollector.start()) {
      // ExportTraceServiceResponse { partial_success { rejected_spans: 4 error_message: "no" } }
      String answer = "\n\6\b\4\22\2no";
      collector.next(
          new FakeCollector.Behaviour.Answer(
              "HTTP/1.1 200 OK\r\ncontent-length: " + answer.length(), answer));
      fixture.cluster("otel", collector.port()).apply(HTTP).offer(HTTP, 10);

      ReportSnapshot account = fixture.await(NOTHING_QUEUED);
      assertThat(account.exported()).isEqualTo(6);
      assertThat(account.dropped()).containsEntry(DropReason.REJECTED, 4L);
      assertThat(outcome(account)).isEqualTo("rejected: 4 spans: no");
    }
  }

  @Test
  void missingCredential_holdsSpansUntilItIsThere() throws Exception {
    try (FakeCollector collector = FakeCollector.start()) {
      fixture
          .with(options(Compression.NONE))
          .cluster("otel", collector.port())
          .apply(HTTP)
          .offer(HTTP, 10);
      fixture.await(account -> outcome(account).startsWith("no_credentials: credential file "));
      assertThat(collector.connections()).isZero();

      Files.writeString(directory.resolve("token"), "t0ken");

      assertThat(fixture.await(NOTHING_QUEUED).exported()).isEqualTo(10);
    }
  }

  @Test
  void lightstep_getsItsTokenAlong() throws Exception {
    Path token = directory.resolve("token");
    Files.writeString(token, "t0ken");
    Provider lightstep =
        new Lightstep("otel", new Source.File(token), List.of(PropagationMode.ENVOY));
    try (FakeGrpcCollector collector = FakeGrpcCollector.start()) {
      fixture.http2Cluster("otel", collector.port()).apply(lightstep).offer(lightstep, 10);

      assertThat(fixture.await(NOTHING_QUEUED).exported()).isEqualTo(10);
      assertThat(collector.calls().getFirst().head())
          .containsEntry("lightstep-access-token", "t0ken")
          .containsEntry(":authority", "otel");
    }
  }

  @Test
  void callsThroughTls_offerHttp2() throws Exception {
    Certificates certificates = new Certificates(directory).make("otel", "otel.example");
    SslContext tls =
        SslContextBuilder.forServer(
                certificates.file("otel.pem").toFile(), certificates.file("otel.key").toFile())
            .sslProvider(SslProvider.JDK)
            .applicationProtocolConfig(
                new ApplicationProtocolConfig(
                    ApplicationProtocolConfig.Protocol.ALPN,
                    ApplicationProtocolConfig.SelectorFailureBehavior.FATAL_ALERT,
                    ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                    "h2"))
            .build();
    Provider otlp =
        new OpenTelemetry(
            new OtlpService.Grpc("otel", "", Duration.ofSeconds(10), List.of()),
            "",
            Map.of(),
            OpenTelemetrySampler.NONE);
    try (FakeGrpcCollector collector = FakeGrpcCollector.start(tls)) {
      fixture
          .cluster(tlsCluster(collector.port(), certificates.file("otel.pem")))
          .apply(otlp)
          .offer(otlp, 10);

      assertThat(fixture.await(NOTHING_QUEUED).exported()).isEqualTo(10);
      assertThat(collector.calls().getFirst().head()).containsEntry(":scheme", "https");
      assertThat(collector.protocols()).containsOnly("h2");
    }
  }

  private static ClusterDefinition tlsCluster(int port, Path authority) {
    return new ClusterDefinition(
        "otel",
        ClusterDefinition.Type.STATIC,
        Duration.ofSeconds(5),
        List.of(new SocketAddress("127.0.0.1", port)),
        ClusterDefinition.DnsLookupFamily.AUTO,
        new UpstreamTls(
            "otel.example",
            new UpstreamTls.Validation(
                new UpstreamTls.Authorities.File(authority), List.of("otel.example")),
            null),
        ClusterDefinition.Http.HTTP2);
  }

  private static String outcome(ReportSnapshot account) {
    return account.last() == null ? "" : account.last().outcome();
  }
}
