package io.sidetrace.sidecar.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.sidecar.trace.Span;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GatewayTest {
  @Test
  void request_goesToItsRouteAndBackWithASpan() {
    try (TestServer one = new TestServer();
        TestServer two = new TestServer();
        DataPlane plane =
            DataPlane.gateway(
                List.of(
                    Configurations.cluster("one", one.address()),
                    Configurations.cluster("two", two.address())),
                List.of(Configurations.route("/two", "two"), Configurations.route("/", "one")));
        Peer client = plane.connect()) {
      client.send("GET /two/x?y=1 HTTP/1.1\r\nHost: example\r\nX-Own:  kept \r\n\r\n");
      Peer server = two.accept();
      assertThat(server.receiveHead())
          .startsWith("GET /two/x?y=1 HTTP/1.1\r\nHost: example\r\nX-Own:  kept \r\n")
          .contains("x-request-id: ")
          .contains("x-b3-traceid: ");
      server.send("HTTP/1.1 200 OK\r\nServer: own\r\nContent-Length: 5\r\n\r\nhello");

      assertThat(client.receiveUntil("hello"))
          .startsWith(
              "HTTP/1.1 200 OK\r\nServer: envoy\r\nContent-Length: 5\r\n"
                  + "x-envoy-upstream-service-time: ")
          .endsWith("\r\n\r\nhello");
      Span span = plane.awaitSpan();
      assertThat(DataPlane.tag(span, "http.status_code")).isEqualTo("200");
      assertThat(DataPlane.tag(span, "response_size")).isEqualTo("5");
      assertThat(DataPlane.tag(span, "response_flags")).isEqualTo("-");
    }
  }

  @Test
  void requestsOfOneConnection_eachGoToTheirOwnEndpoint() {
    try (TestServer one = new TestServer();
        TestServer two = new TestServer();
        DataPlane plane =
            DataPlane.gateway(
                List.of(Configurations.cluster("both", one.address(), two.address())),
                List.of(Configurations.route("/", "both")));
        Peer client = plane.connect()) {
      client.send("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n");
      Peer first = one.accept();
      assertThat(first.receiveHead()).startsWith("GET /1 ");
      assertThat(two.hasConnection()).isFalse();
      first.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1");
      Peer second = two.accept();
      assertThat(second.receiveHead()).startsWith("GET /2 ");
      second.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n2");
      assertThat(client.receiveUntil("\r\n\r\n1")).startsWith("HTTP/1.1 200 OK");
      assertThat(client.receiveUntil("\r\n\r\n2")).startsWith("HTTP/1.1 200 OK");

      client.send("GET /3 HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(first.receiveHead()).startsWith("GET /3 ");
    }
  }

  @Test
  void fieldOfTheContext_isWrittenAnewBehindAllInItsSpelling() {
    try (TestServer server = new TestServer();
        DataPlane plane =
            DataPlane.gateway(
                List.of(Configurations.cluster("one", server.address())),
                List.of(Configurations.route("/", "one")));
        Peer client = plane.connect()) {
      client.send(
          "GET / HTTP/1.1\r\nX-B3-Sampled: true\r\nHost: a\r\nX-Empty: \r\n"
              + "x-b3-sampled: 0\r\nUser-Agent:\r\n\r\n");

      assertThat(server.accept().receiveHead())
          .startsWith("GET / HTTP/1.1\r\nHost: a\r\nX-Empty: \r\nUser-Agent:\r\n")
          .doesNotContain("x-b3-sampled")
          .contains("x-b3-traceid: ")
          .endsWith("X-B3-Sampled: 1\r\n\r\n");
    }
  }

  @Test
  void requestId_isReplacedInItsPlaceAndSpelling() {
    try (TestServer server = new TestServer();
        DataPlane plane =
            DataPlane.gateway(
                List.of(Configurations.cluster("one", server.address())),
                List.of(Configurations.route("/", "one")));
        Peer client = plane.connect()) {
      client.send(
          "GET / HTTP/1.1\r\nX-Request-Id: 00000001-0000-4000-8000-000000000001\r\n"
              + "Host: a\r\n\r\n");

      assertThat(server.accept().receiveHead())
          .startsWith(
              "GET / HTTP/1.1\r\nX-Request-Id: 00000001-0000-9000-8000-000000000001\r\n"
                  + "Host: a\r\nx-b3-traceid: ");
    }
  }

  @Test
  void requestWithoutRoute_isAnsweredByUs() {
    try (DataPlane plane = DataPlane.gateway(List.of(), List.of());
        Peer client = plane.connect()) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(client.receiveHead())
          .startsWith("HTTP/1.1 404 Not Found\r\ndate: ")
          .endsWith("\r\nserver: envoy\r\ncontent-length: 0\r\n\r\n");
      assertThat(DataPlane.tag(plane.awaitSpan(), "response_flags")).isEqualTo("NR");
    }
  }
}
