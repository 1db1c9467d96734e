package io.sidetrace.operator.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sidetrace.operator.tls.ServingCertificate;
import io.sidetrace.operator.tls.TestAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WebhookServerTest {

  private static final String REVIEW =
      """
      {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"u1",
       "kind":{"kind":"Pod"},"namespace":"%s","object":{}}}
      """;

  private final TestAuthority authority = new TestAuthority();
  private final ServingCertificate certificate = new ServingCertificate();
  private final AdmissionCounters counters = new AdmissionCounters();

  @SuppressWarnings("NullAway.Init") // set before each test
  private WebhookServer server;

  @BeforeEach
  void start() throws IOException {
    certificate.secretChanged(authority.secret());
    Admission admission =
        request -> {
          if (request.namespace().equals("broken")) {
            throw new IllegalStateException("as a bug would");
          }
          return Answer.unchanged(List.of("hello " + request.namespace()));
        };
    server =
        WebhookServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            certificate.sslContext(),
            Map.of("/mutate", new AdmissionHandler("/mutate", admission, counters)),
            Duration.ofSeconds(1));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void review_isAnswered() throws Exception {
    HttpResponse<String> response = send(post(REVIEW.formatted("shop")), authority);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(response.body()).contains("\"uid\":\"u1\"", "\"allowed\":true", "hello shop");
  }

  @Test
  void judgeThatFails_admitsUnchangedWithAWarningAndIsCounted() throws Exception {
    HttpResponse<String> response = send(post(REVIEW.formatted("broken")), authority);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .contains("\"allowed\":true", "admitted unchanged, the webhook failed: IllegalState")
        .doesNotContain("patch", "as a bug would");
    assertThat(counters.format()).contains("{path=\"/mutate\",result=\"failed\"} 1\n");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, application/json, /mutate, 405, GET (expected: POST)",
    "POST, text/plain, /mutate, 415, text/plain (expected: application/json)",
    "POST, application/json, /mutate, 400, not JSON",
    "POST, application/json; charset=utf-8, /mutate, 400, not JSON",
    "POST, application/json, /mutate/more, 404, /mutate/more (expected: /mutate)",
  })
  void whatIsNoReview_isRefused(String method, String type, String path, int status, String reason)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri(path))
            .method(method, BodyPublishers.ofString("{"))
            .header("Content-Type", type)
            .build();

    HttpResponse<String> response = send(request, authority);

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).contains(reason);
    assertThat(counters.format()).contains("{path=\"/mutate\",result=\"refused\"} 1\n");
  }

  @Test
  void bodyBeyondTheLimit_isRefusedWhetherDeclaredOrNot() throws Exception {
    byte[] body = new byte[AdmissionHandler.MAX_BODY_BYTES + 1];
    var declared = BodyPublishers.ofByteArray(body);
    var chunked = BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(body));

    for (var publisher : List.of(declared, chunked)) {
      HttpRequest request =
          HttpRequest.newBuilder(uri("/mutate"))
              .POST(publisher)
              .header("Content-Type", "application/json")
              .build();
      assertThat(send(request, authority).statusCode()).isEqualTo(413);
    }
  }

  @Test
  @Timeout(30)
  void callerThatGoesBeforeItsBodyIsComplete_isCounted() throws Exception {
    try (var socket =
        authority.client().getSocketFactory().createSocket("localhost", server.port())) {
      socket
          .getOutputStream()
          .write(
              """
              POST /mutate HTTP/1.1\r
              Host: localhost\r
              Content-Type: application/json\r
              Content-Length: 100\r
              \r
              {\
              """
                  .getBytes(StandardCharsets.US_ASCII));
    }

    while (!counters.format().contains("{path=\"/mutate\",result=\"aborted\"} 1\n")) {
      Thread.onSpinWait();
    }
  }

  @Test
  void renewedCertificate_isServedToNewConnections() throws Exception {
    send(post(REVIEW.formatted("shop")), authority);
    TestAuthority renewed = new TestAuthority();

    certificate.secretChanged(renewed.secret());

    assertThat(send(post(REVIEW.formatted("shop")), renewed).statusCode()).isEqualTo(200);
    assertThatThrownBy(() -> send(post(REVIEW.formatted("shop")), authority))
        .isInstanceOf(SSLHandshakeException.class);
  }

  private HttpRequest post(String body) {
    return HttpRequest.newBuilder(uri("/mutate"))
        .POST(BodyPublishers.ofString(body))
        .header("Content-Type", "application/json")
        .build();
  }

  private URI uri(String path) {
    return URI.create("https://localhost:" + server.port() + path);
  }

  private static HttpResponse<String> send(HttpRequest request, TestAuthority trusted)
      throws Exception {
    try (HttpClient client =
        HttpClient.newBuilder()
            .sslContext(trusted.client())
            .version(HttpClient.Version.HTTP_1_1)
            .build()) {
      return client.send(request, BodyHandlers.ofString());
    }
  }
}
