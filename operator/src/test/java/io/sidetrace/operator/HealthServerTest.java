package io.sidetrace.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HealthServerTest {

  private final AtomicReference<String> unready = new AtomicReference<>("");
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch never = new CountDownLatch(1);
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void healthReadinessAndMetrics_areAnswered() throws Exception {
    try (var server = start()) {
      assertThat(get(server, "/healthz").statusCode()).isEqualTo(200);
      assertThat(get(server, "/readyz").statusCode()).isEqualTo(200);
      assertThat(get(server, "/metrics").body()).isEqualTo("some_metric 1\n");
      assertThat(get(server, "/other").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void whatIsMissing_isToldAsTheReason() throws Exception {
    unready.set("no certificate yet");
    try (var server = start()) {
      assertThat(get(server, "/readyz").statusCode()).isEqualTo(503);
      assertThat(get(server, "/readyz").body()).isEqualTo("no certificate yet\n");
      assertThat(get(server, "/healthz").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void close_doesNotWaitForAnAnswerThatDoesNotCome() throws Exception {
    unready.set("wait");
    try (var server = start()) {
      var unanswered = client.sendAsync(request(server, "/readyz"), BodyHandlers.ofString());
      asked.await();

      server.close();

      assertThatThrownBy(unanswered::join).hasCauseInstanceOf(IOException.class);
    }
  }

  private HealthServer start() throws Exception {
    return HealthServer.start(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        this::reason,
        () -> "some_metric 1\n");
  }

  private String reason() {
    if (unready.get().equals("wait")) {
      asked.countDown();
      try {
        never.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return unready.get();
  }

  private HttpResponse<String> get(HealthServer server, String path) throws Exception {
    return client.send(request(server, path), BodyHandlers.ofString());
  }

  private static HttpRequest request(HealthServer server, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path)).build();
  }
}
