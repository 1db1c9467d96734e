package io.sidetrace.sidecar.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Settings;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.sidetrace.sidecar.config.provider.CollectorOptions;
import io.sidetrace.sidecar.config.provider.Compression;
import io.sidetrace.sidecar.config.provider.MessageField;
import io.sidetrace.sidecar.config.provider.OpenTelemetry;
import io.sidetrace.sidecar.config.provider.OpenTelemetrySampler;
import io.sidetrace.sidecar.config.provider.OtlpService;
import io.sidetrace.sidecar.config.provider.Provider;
import io.sidetrace.sidecar.export.grpc.FakeGrpcCollector;
import io.sidetrace.sidecar.export.grpc.FakeGrpcCollector.Behaviour;
import io.sidetrace.sidecar.export.protobuf.ProtobufBuffer;
import io.sidetrace.sidecar.report.DropReason;
import io.sidetrace.sidecar.report.ReportSnapshot;
import io.sidetrace.sidecar.trace.SpanSink;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// OTLP by gRPC, over real sockets, to a collector that fails in every way that gRPC and HTTP/2
/// have: the account balances at each reading and agrees with what came.
@Timeout(60)
class GrpcExportTest {
  /// Two full batches, so that they go without waiting for the next tick.
  private static final int SPANS = 512;

  private static final Provider OTLP = otlp(List.of(MessageField.inline("x-tenant", "sandbox")));
  private static final Predicate<ReportSnapshot> NOTHING_QUEUED = account -> account.queued() == 0;

  private final ExportFixture fixture = new ExportFixture();
  private FakeGrpcCollector collector = FakeGrpcCollector.start();

  private static Provider otlp(List<MessageField> metadata) {
    return new OpenTelemetry(
        new OtlpService.Grpc("otel", "collector.example", Duration.ofSeconds(10), metadata),
        "",
        Map.of(),
        OpenTelemetrySampler.NONE);
  }

  private void start() {
    fixture.http2Cluster("otel", collector.port()).apply(OTLP);
  }

  private void start(Http2Settings settings) {
    collector.close();
    collector = FakeGrpcCollector.start(settings);
    start();
  }

  @AfterEach
  void stop() {
    fixture.close();
    collector.close();
  }

  @Test
  void healthyCollector_getsEverySpanOnce() throws Exception {
    start();
    for (int i = 0; i < 10; i++) {
      fixture.offer(OTLP, 100);
    }

    ReportSnapshot account = fixture.await(NOTHING_QUEUED);

    assertThat(account.exported()).isEqualTo(1_000);
    assertThat(received()).isEqualTo(1_000);
    assertThat(collector.connections()).isEqualTo(1);
    assertThat(collector.calls().getFirst().head())
        .containsEntry(":method", "POST")
        .containsEntry(":scheme", "http")
        .containsEntry(":path", "/opentelemetry.proto.collector.trace.v1.TraceService/Export")
        .containsEntry(":authority", "collector.example")
        .containsEntry("te", "trailers")
        .containsEntry("content-type", "application/grpc")
        .containsEntry("grpc-timeout", "1500m")
        .containsEntry("x-tenant", "sandbox");
  }

  @Test
  void largeMessage_waitsForTheServersWindows() throws Exception {
    start(new Http2Settings().initialWindowSize(1_000));

    fixture.offer(OTLP, SPANS);

    assertThat(fixture.await(NOTHING_QUEUED).exported()).isEqualTo(SPANS);
    assertThat(received()).isEqualTo(SPANS);
  }

  @Test
  void oneStreamAtATime_isEnough() throws Exception {
    start(new Http2Settings().maxConcurrentStreams(1));

    fixture.offer(OTLP, 2 * SPANS);

    assertThat(fixture.await(NOTHING_QUEUED).exported()).isEqualTo(2 * SPANS);
    assertThat(collector.connections()).isEqualTo(1);
  }

  @Test
  void compressedMessages_sayAndAreSo() throws Exception {
    fixture.with(new CollectorOptions("", Compression.GZIP, List.of()));
    start();

    fixture.offer(OTLP, SPANS);

    assertThat(fixture.await(NOTHING_QUEUED).exported()).isEqualTo(SPANS);
    FakeGrpcCollector.Call call = collector.calls().getFirst();
    assertThat(call.head()).containsEntry("grpc-encoding", "gzip");
    assertThat(call.flag()).isEqualTo(1);
    byte[] plain = new GZIPInputStream(new ByteArrayInputStream(call.message())).readAllBytes();
    assertThat(spans(plain)).isEqualTo(SPANS / 2);
    assertThat(call.message().length).isLessThan(plain.length / 4);
  }

  @Test
  void partialSuccess_countsWhatWasRejected() throws Exception {
    ProtobufBuffer answer = new ProtobufBuffer();
    int partial = answer.open(1);
    answer.varint(1, 3).text(2, "too old").close(partial);
    collector.next(new Behaviour.Answer(answer.toBytes(), "0"));
    start();

    fixture.offer(OTLP, 10);

    ReportSnapshot account = fixture.await(NOTHING_QUEUED);
    assertThat(account.exported()).isEqualTo(7);
    assertThat(account.dropped()).containsEntry(DropReason.REJECTED, 3L);
    assertThat(outcome(account)).isEqualTo("rejected: 3 spans: too old");
  }

  @Test
  void rejectedMessage_isNotSentAgain() throws Exception {
    collector.next(
        new Behaviour.Head(
            200,
            "content-type",
            "application/grpc",
            "grpc-status",
            "16",
            "grpc-message",
            "who%20are you%3F"));
    start();

    fixture.offer(OTLP, 10);

    ReportSnapshot account = fixture.await(NOTHING_QUEUED);
    assertThat(account.dropped()).containsEntry(DropReason.REJECTED, 10L);
    assertThat(outcome(account)).isEqualTo("rejected: 16 UNAUTHENTICATED: who are you?");
    assertThat(collector.calls()).hasSize(1);
  }

  @Test
  void unavailableCollector_isTriedAgain() throws Exception {
    collector.next(
        new Behaviour.Answer(new byte[0], "14"), new Behaviour.Answer(new byte[0], "14"));
    start();

    fixture.offer(OTLP, SPANS);

    assertThat(fixture.await(NOTHING_QUEUED).exported()).isEqualTo(SPANS);
  }

  @Test
  void exhaustedCollector_isLeftAloneForAsLongAsItAsks() throws Exception {
    long begun = System.nanoTime();
    collector.next(
        new Behaviour.Answer(
            new byte[0], "8", "grpc-status-details-bin", retryInfo(Duration.ofMillis(1_200))));
    start();

    fixture.offer(OTLP, 10);

    assertThat(fixture.await(NOTHING_QUEUED).exported()).isEqualTo(10);
    assertThat(System.nanoTime() - begun).isGreaterThan(Duration.ofMillis(1_200).toNanos());
    assertThat(collector.calls()).hasSize(2);
  }

  @Test
  void exhaustedCollectorWithoutATime_hasRejected() throws Exception {
    collector.next(new Behaviour.Answer(new byte[0], "8"));
    start();

    fixture.offer(OTLP, 10);

    assertThat(fixture.await(NOTHING_QUEUED).dropped()).containsEntry(DropReason.REJECTED, 10L);
  }

  @Test
  void silentCollector_isLeftAfterTwoAttempts() throws Exception {
    collector.otherwise(new Behaviour.Silent());
    start();

    fixture.offer(OTLP, 10);

    ReportSnapshot account = fixture.await(NOTHING_QUEUED);
    assertThat(account.dropped()).containsEntry(DropReason.TIMEOUT, 10L);
    assertThat(collector.calls()).hasSize(2);
    assertThat(collector.resets()).isNotEmpty().containsOnly(Http2Error.CANCEL.code());
  }

  @Test
  void callThatGoAwayLeavesOut_goesAgainOnANewConnection() throws Exception {
    collector.next(new Behaviour.GoAway(false));
    start();

    fixture.offer(OTLP, 10);

    assertThat(fixture.await(NOTHING_QUEUED).exported()).isEqualTo(10);
    assertThat(collector.connections()).isEqualTo(2);
    fixture.await(_ -> collector.openConnections() == 1);
  }

  @Test
  void callThatGoAwayTakes_isAnsweredBeforeTheConnectionEnds() throws Exception {
    collector.next(new Behaviour.GoAway(true));
    start();

    fixture.offer(OTLP, 10);
    assertThat(fixture.await(NOTHING_QUEUED).exported()).isEqualTo(10);
    fixture.offer(OTLP, 10);

    assertThat(fixture.await(NOTHING_QUEUED).exported()).isEqualTo(20);
    assertThat(collector.calls()).hasSize(2);
    assertThat(collector.connections()).isEqualTo(2);
    fixture.await(_ -> collector.openConnections() == 1);
  }

  @Test
  void refusedStream_isTriedAgain() throws Exception {
    Behaviour refuse = new Behaviour.Reset(Http2Error.REFUSED_STREAM.code());
    collector.next(refuse, refuse, refuse);
    start();

    fixture.offer(OTLP, 10);

    assertThat(fixture.await(NOTHING_QUEUED).exported()).isEqualTo(10);
    assertThat(collector.connections()).isEqualTo(1);
  }

  @Test
  void resetStream_isTriedOnceMore() throws Exception {
    collector.otherwise(new Behaviour.Reset(Http2Error.INTERNAL_ERROR.code()));
    start();

    fixture.offer(OTLP, 10);

    ReportSnapshot account = fixture.await(NOTHING_QUEUED);
    assertThat(account.dropped()).containsEntry(DropReason.DISCONNECTED, 10L);
    assertThat(outcome(account)).isEqualTo("disconnected: stream reset: INTERNAL_ERROR");
    assertThat(collector.calls()).hasSize(2);
  }

  @Test
  void closedConnection_isMadeAnew() throws Exception {
    collector.next(new Behaviour.Closing());
    start();

    fixture.offer(OTLP, 10);

    assertThat(fixture.await(NOTHING_QUEUED).exported()).isEqualTo(10);
    assertThat(collector.connections()).isEqualTo(2);
  }

  @Test
  void ping_isAnswered() throws Exception {
    collector.next(new Behaviour.Pinging());
    start();

    fixture.offer(OTLP, 10);

    assertThat(fixture.await(NOTHING_QUEUED).exported()).isEqualTo(10);
    assertThat(collector.calls()).hasSize(1);
  }

  @Test
  void proxyInsteadOfACollector_countsByItsStatus() throws Exception {
    collector.next(
        new Behaviour.Page(503, "text/html", "<h1>later</h1>"),
        new Behaviour.Page(404, "text/html", "<h1>where?</h1>"));
    start();

    fixture.offer(OTLP, 10);

    ReportSnapshot account = fixture.await(NOTHING_QUEUED);
    assertThat(account.dropped()).containsEntry(DropReason.REJECTED, 10L);
    assertThat(outcome(account)).isEqualTo("rejected: 404");
    assertThat(collector.calls()).hasSize(2);
  }

  @Test
  void pageInsteadOfAnAnswer_isTold() throws Exception {
    collector.next(new Behaviour.Page(200, "text/html", "<h1>hello</h1>"));
    start();

    fixture.offer(OTLP, 10);

    assertThat(outcome(fixture.await(NOTHING_QUEUED)))
        .isEqualTo("rejected: content-type: text/html (expected: application/grpc)");
  }

  @Test
  void answerWithoutEnd_isCutOff() throws Exception {
    collector.otherwise(new Behaviour.Answer(new byte[40_000], "0"));
    start();

    fixture.offer(OTLP, 10);

    assertThat(outcome(fixture.await(NOTHING_QUEUED)))
        .isEqualTo("disconnected: answer without end");
  }

  @Test
  void collectorThatSpeaksAnotherProtocol_isUnreachable() throws Exception {
    try (FakeCollector http = FakeCollector.start()) {
      http.otherwise(new FakeCollector.Behaviour.Answer("SSH-2.0-OpenSSH_9.2", ""));
      fixture.http2Cluster("otel", http.port()).apply(OTLP);

      fixture.offer(OTLP, 10);

      fixture.await(account ->
          outcome(account).equals("unreachable: the endpoint speaks no HTTP/2, which gRPC is"));
    }
  }

  @Test
  void providerThatLeaves_sendsWhatItHas() throws Exception {
    start();
    SpanSink sink = fixture.sink(OTLP);
    fixture.offer(OTLP, 10);

    fixture.apply(otlp(List.of()));

    assertThat(fixture.await(NOTHING_QUEUED).exported()).isEqualTo(10);
    fixture.await(_ -> collector.openConnections() == 0);
    fixture.offer(sink, 2); // of a request that began before
    assertThat(fixture.await(NOTHING_QUEUED).exported()).isEqualTo(12);
    fixture.await(_ -> collector.openConnections() == 0);
  }

  @Test
  void endpointThatLeftTheCluster_isNotUsedAgain() throws Exception {
    start();
    fixture.offer(OTLP, 2);
    fixture.await(NOTHING_QUEUED);
    try (FakeGrpcCollector after = FakeGrpcCollector.start()) {
      fixture.http2Cluster("otel", after.port());
      fixture.offer(OTLP, 2);

      assertThat(fixture.await(NOTHING_QUEUED).exported()).isEqualTo(4);
      assertThat(after.calls()).hasSize(1);
      fixture.await(_ -> collector.openConnections() == 0);
    }
  }

  private static String retryInfo(Duration delay) {
    ProtobufBuffer status = new ProtobufBuffer().varint(1, 8);
    int any = status.open(3);
    int info = status.text(1, "type.googleapis.com/google.rpc.RetryInfo").open(2);
    int duration = status.open(1);
    status.varint(1, delay.toSeconds()).varint(2, delay.toNanosPart());
    status.close(duration).close(info).close(any);
    return Base64.getEncoder().withoutPadding().encodeToString(status.toBytes());
  }

  private int received() throws IOException {
    int received = 0;
    for (FakeGrpcCollector.Call call : collector.calls()) {
      received += spans(call.message());
    }
    return received;
  }

  private static int spans(byte[] message) throws IOException {
    return ExportTraceServiceRequest.parseFrom(message)
        .getResourceSpans(0)
        .getScopeSpans(0)
        .getSpansCount();
  }

  private static String outcome(ReportSnapshot account) {
    return account.last() == null ? "" : account.last().outcome();
  }
}
