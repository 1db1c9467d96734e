package io.sidetrace.sidecar.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.sidetrace.sidecar.admin.SidecarSnapshot.ConfigState;
import io.sidetrace.sidecar.admin.SidecarState.Lifecycle;
import io.sidetrace.sidecar.config.SocketAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AdminServerTest {
  private final FakeState state = new FakeState();
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  private final HttpClient client = HttpClient.newHttpClient();
  private AdminServer status;
  private AdminServer admin;

  @BeforeEach
  void open() throws IOException {
    status = AdminServer.status(loops.next(), 0, state);
    admin = AdminServer.admin(loops.next(), new SocketAddress("127.0.0.1", 0), state);
  }

  @AfterEach
  void close() {
    client.close();
    status.close();
    admin.close();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  @ParameterizedTest
  @CsvSource({"INITIALIZING, 503", "LIVE, 200", "DRAINING, 503"})
  void ready_saysTheLifecycle(Lifecycle lifecycle, int expected) {
    state.lifecycle = lifecycle;

    for (AdminServer server : new AdminServer[] {status, admin}) {
      HttpResponse<String> answer = get(server, "/ready");
      assertThat(answer.statusCode()).isEqualTo(expected);
      assertThat(answer.body()).isEqualTo(lifecycle + "\n");
    }
  }

  @Test
  void ready_waitsForNoSnapshot() {
    state.reporter = new CompletableFuture<>();

    assertThat(get(status, "/ready").statusCode()).isEqualTo(200);
  }

  @Test
  void status_isTheContractWithTheOperator() {
    state.lastExport = FakeState.ok();

    HttpResponse<String> answer = get(status, "/status");

    assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
    assertThat(answer.body())
        .isEqualToIgnoringWhitespace(
            """
            {"version":"0.1.0","node":"pod.ns","cluster":"service1",
             "config":{"state":"applied","applied":"0123456789abcdef","refused":null},
             "interception":"redirected",
             "spans":{"started":10,"exported":5,"queued":2,"dropped":{"queue_full":1,"rejected":2}},
             "lastExport":{"at":"2026-01-02T03:04:05Z","outcome":"ok"},"draining":false}
            """);
  }

  @Test
  void status_saysWhatIsMissing() {
    state.config = new ConfigState.Waiting();
    assertThat(get(status, "/status").body())
        .contains("\"config\":{\"state\":\"waiting\",\"applied\":null,\"refused\":null}")
        .contains("\"lastExport\":null");

    state.config = new ConfigState.Refused(FakeState.CONFIGURATION, "lds.json $.x: \"y\"\nmore");
    assertThat(get(status, "/status").body())
        .contains(
            "\"config\":{\"state\":\"refused\",\"applied\":\"0123456789abcdef\","
                + "\"refused\":{\"message\":\"lds.json $.x: \\\"y\\\"\\u000amore\"}}");
  }

  @Test
  void metrics_areOneTextOnBothPorts() {
    HttpResponse<String> answer = get(status, "/metrics");

    assertThat(answer.headers().firstValue("content-type"))
        .hasValue("text/plain; version=0.0.4; charset=utf-8");
    assertThat(answer.body())
        .contains(
            """
            # HELP otel_sdk_span_started_total Spans made.
            # TYPE otel_sdk_span_started_total counter
            otel_sdk_span_started_total 10
            """)
        .contains("otel_sdk_exporter_span_exported_total 5\n")
        .contains("otel_sdk_exporter_span_exported_total{error_type=\"rejected\"} 2\n")
        .contains("otel_sdk_processor_span_processed_total{error_type=\"queue_full\"} 1\n")
        .contains("otel_sdk_processor_span_queue_size 2\n")
        .contains(
            "sidetrace_http_tracing_total{stat_prefix=\"ingress\",reason=\"random_sampling\"} 9\n")
        .contains(
            "sidetrace_sampling_decisions_total{stat_prefix=\"ingress\",decision=\"rate_limited\"} 8\n")
        .contains("sidetrace_malformed_contexts_total{format=\"b3\",reason=\"too_long\"} 4\n")
        .contains("# TYPE sidetrace_connections_total counter\nsidetrace_connections_total 7\n")
        .contains("# TYPE sidetrace_connections_active gauge\nsidetrace_connections_active 1\n")
        .contains("sidetrace_connections_without_destination_total 3\n")
        .contains("sidetrace_config_state{state=\"applied\"} 1\n")
        .contains("sidetrace_config_state{state=\"waiting\"} 0\n")
        .contains("sidetrace_build_info{version=\"0.1.0\"} 1\n");
    assertThat(get(admin, "/stats/prometheus").body()).isEqualTo(answer.body());
  }

  @Test
  void stats_areOneLineEach() {
    assertThat(get(admin, "/stats").body().lines())
        .contains(
            "otel.sdk.span.started: 10",
            "otel.sdk.exporter.span.exported.rejected: 2",
            "http.ingress.tracing.random_sampling: 9",
            "sidetrace.connections.active: 1");
  }

  @Test
  void clusters_showTheirEndpoints() {
    assertThat(get(admin, "/clusters").body())
        .isEqualTo(
            """
            zipkin::type::STATIC
            zipkin::connect_timeout::1.5s
            zipkin::127.0.0.1:9411::health_flags::healthy
            inbound::type::ORIGINAL_DST
            inbound::connect_timeout::120s
            """);
  }

  @Test
  void configDump_isWhatIsInForce() {
    assertThat(get(admin, "/config_dump").body())
        .startsWith(
            "{\"configs\":[{\"@type\":\"type.googleapis.com/envoy.admin.v3.BootstrapConfigDump\"")
        .contains("\"version_info\":\"0123456789abcdef\"")
        .contains("\"additional_addresses\":[{\"address\":{\"socket_address\":{\"address\":\"::\",")
        .contains("\"collector_cluster\":\"zipkin\",\"collector_endpoint\":\"/api/v2/spans\"")
        .contains("\"string_match\":{\"prefix\":\"kube-probe/\"}")
        .contains("\"decorator\":{\"operation\":\"checkStock\",\"propagate\":true}")
        .contains(
            "\"metadata\":{\"filter_metadata\":{\"io.sidetrace\":{\"connection_spans\":true}}}")
        .contains("\"lb_policy\":\"CLUSTER_PROVIDED\"");
  }

  @Test
  void configDumpWithoutConfiguration_hasTheNode() {
    state.config = new ConfigState.Waiting();

    assertThat(get(admin, "/config_dump").body())
        .isEqualToIgnoringWhitespace(
            """
            {"configs":[{"@type":"type.googleapis.com/envoy.admin.v3.BootstrapConfigDump",
             "bootstrap":{"node":{"id":"pod.ns","cluster":"service1",
             "locality":{"zone":"zone-1"}}}}]}
            """
                .replace("\n ", "\n"));
  }

  @Test
  void serverInfo_saysWhoThisIs() {
    assertThat(get(admin, "/server_info").body())
        .contains(
            "\"version\":\"0.1.0\"", "\"state\":\"LIVE\"", "\"uptime_current_epoch\":\"42s\"");
  }

  @Test
  void probe_findsAnOpenPort() throws IOException {
    try (var application = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      HttpResponse<String> answer = get(status, "/probe/tcp/" + application.getLocalPort());

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("open\n");
    }
  }

  @Test
  void probe_findsAClosedPort() throws IOException {
    int port;
    try (var closed = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      port = closed.getLocalPort();
    }

    HttpResponse<String> answer = get(status, "/probe/tcp/" + port);

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("127.0.0.1:" + port).contains("refused");
  }

  /// A listener on one address of the pod is not there at another.
  @Test
  void probe_asksTheAddressThatItWasAskedAt() throws IOException {
    try (var application = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.2"))) {
      String path = "/probe/tcp/" + application.getLocalPort();

      assertThat(get("127.0.0.2", status, path).statusCode()).isEqualTo(200);
      assertThat(get("127.0.0.1", status, path).statusCode()).isEqualTo(503);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "65536", "", "x", "-1", "80/", "999999", "８０"})
  void probeOfNoPort_isRefused(String port) {
    String encoded = port.equals("８０") ? "%EF%BC%98%EF%BC%90" : port;

    HttpResponse<String> answer = get(status, "/probe/tcp/" + encoded);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).isEqualTo("port: " + port + " (expected: 1..65535)\n");
  }

  @Test
  void drain_isAnsweredAtOnce() {
    assertThat(get(status, "/drain").statusCode()).isEqualTo(200);

    assertThat(get(status, "/status").body()).endsWith("\"draining\":true}\n");
    assertThat(get(status, "/ready").statusCode()).isEqualTo(503);
  }

  @Test
  void unknownPath_isAnsweredWithThoseThatExist() {
    HttpResponse<String> answer = get(status, "/nope?x=1");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body())
        .startsWith("path: /nope (expected: one of these)\n")
        .contains("  /status: ", "  /metrics: ", "  /probe/tcp/: ", "  /drain: ", "  /ready: ");
    assertThat(get(admin, "/status").statusCode()).as("is not on this port").isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/%", "/%zz", "/ready%e"})
  void brokenEscape_isRefusedAndNotCutOff(String target) throws IOException {
    assertThat(exchange(admin, "GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n"))
        .startsWith("HTTP/1.1 400 Bad Request\r\n")
        .contains(target + " (expected: two hexadecimal digits behind a %)");
  }

  @Test
  void root_listsAllPaths() {
    assertThat(get(admin, "/").body())
        .contains(
            "/clusters", "/config_dump", "/ready", "/server_info", "/stats", "/stats/prometheus");
    assertThat(get(status, "/").body()).contains("/drain", "/metrics", "/probe/tcp/", "/status");
  }

  @Test
  void otherMethod_isRefused() throws Exception {
    HttpRequest post =
        request("127.0.0.1", status, "/drain")
            .POST(HttpRequest.BodyPublishers.ofString("x".repeat(100_000)))
            .build();

    HttpResponse<String> answer = client.send(post, BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("allow")).hasValue("GET");
    assertThat(answer.body()).isEqualTo("method: POST (expected: GET)\n");
    assertThat(state.lifecycle).isEqualTo(Lifecycle.LIVE);
  }

  @Test
  void snapshotThatFails_isAnError() {
    state.reporter = CompletableFuture.failedFuture(new IllegalStateException("reporter is gone"));

    HttpResponse<String> answer = get(status, "/metrics");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).contains("reporter is gone");
  }

  @Test
  void snapshotThatNeverComes_isNotWaitedForLong() {
    state.reporter = new CompletableFuture<>();

    HttpResponse<String> answer = get(status, "/metrics");

    assertThat(answer.statusCode()).isEqualTo(504);
    assertThat(answer.body()).isEqualTo("/metrics: no answer within 2 s\n");
  }

  @Test
  void whatIsNoHttp_isRefusedAndClosed() throws IOException {
    assertThat(exchange(status, "\u0016\u0003\u0001 hello\r\n\r\n")).startsWith("HTTP/1.1 400 ");
  }

  @Test
  void pipelinedRequests_getOneAnswerAndTheEnd() throws IOException {
    String ready = "GET /ready HTTP/1.1\r\nHost: x\r\n\r\n";

    assertThat(exchange(status, ready + ready)).containsOnlyOnce("HTTP/1.1 200 OK");
  }

  @Test
  void statusPort_listensOnBothFamilies() {
    assertThat(get("127.0.0.1", status, "/ready").statusCode()).isEqualTo(200);
    if (status.address().getAddress() instanceof java.net.Inet6Address) {
      assertThat(get("[::1]", status, "/ready").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void portThatIsTaken_isNamed() {
    var taken = new SocketAddress("127.0.0.1", admin.address().getPort());

    assertThatThrownBy(() -> AdminServer.admin(loops.next(), taken, state))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot listen on /127.0.0.1:" + taken.port())
        .hasMessageContaining("in use");
  }

  private HttpResponse<String> get(AdminServer server, String path) {
    return get("127.0.0.1", server, path);
  }

  private HttpResponse<String> get(String host, AdminServer server, String path) {
    try {
      return client.send(request(host, server, path).build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(path, e);
    }
  }

  private static HttpRequest.Builder request(String host, AdminServer server, String path) {
    return HttpRequest.newBuilder(
        URI.create("http://" + host + ":" + server.address().getPort() + path));
  }

  private static String exchange(AdminServer server, String request) throws IOException {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", server.address().getPort()));
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
