package io.sidetrace.sidecar.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sidetrace.sidecar.config.HttpConnectionManager.ServerHeader;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Many requests on one connection: one after the other and pipelined.
final class KeepAliveTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

  @Test
  void requestsOneAfterTheOther_shareBothConnections() {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer client = plane.connect()) {
      Peer upstream = server.accept();
      for (int i = 0; i < 1_000; i++) {
        client.send(get("/" + i));
        assertThat(upstream.receiveHead()).startsWith("GET /" + i + " HTTP/1.1\r\n");
        upstream.send(OK);
        client.receiveHead();
      }
      DataPlane.await(() -> plane.spans.size() == 1_000);
      assertThat(server.hasConnection()).isFalse();
      assertThat(plane.count(Counter.REQUESTS)).isEqualTo(1_000);
      assertThat(plane.count(Counter.REQUESTS_ACTIVE)).isZero();
      assertThat(plane.count(Counter.CONNECTIONS)).isOne();
      assertThat(plane.count(Counter.CONNECTIONS_ACTIVE)).isOne();
    }
  }

  @Test
  void requestsPipelinedBeyondTheLimit_areAllAnsweredInOrder() {
    int count = 1_000;
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer client = plane.connect()) {
      StringBuilder requests = new StringBuilder();
      for (int i = 0; i < count; i++) {
        requests.append(get("/" + i));
      }
      client.send(requests.toString());
      Peer upstream = server.accept();
      for (int i = 0; i < count; i++) {
        assertThat(upstream.receiveHead()).startsWith("GET /" + i + " ");
        upstream.send("HTTP/1.1 200 OK\r\nX-Number: " + i + "\r\nContent-Length: 0\r\n\r\n");
      }
      for (int i = 0; i < count; i++) {
        assertThat(client.receiveHead()).contains("\r\nX-Number: " + i + "\r\n");
      }
      DataPlane.await(() -> plane.spans.size() == count);
    }
  }

  @Test
  void clientThatPipelinesWithoutAnAnswer_isNotReadBeyondTheLimit() {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer client = plane.connect()) {
      client.send(get("/").repeat(1_000));
      server.accept().receiveHead();
      DataPlane.await(() -> plane.count(Counter.REQUESTS) == 128);
      client.send(get("/").repeat(1_000));
      assertThat(plane.count(Counter.REQUESTS_ACTIVE)).isEqualTo(128);
    }
  }

  @Test
  void pipelinedRequests_haveASpanEach() {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer client = plane.connect()) {
      client.send(get("/a") + get("/b") + get("/c"));
      Peer upstream = server.accept();
      for (int i = 0; i < 3; i++) {
        upstream.receiveHead();
      }
      upstream.send(
          "HTTP/1.1 201 Created\r\nContent-Length: 1\r\n\r\n1"
              + "HTTP/1.1 202 Accepted\r\nContent-Length: 2\r\n\r\n22"
              + "HTTP/1.1 404 Not Found\r\nContent-Length: 3\r\n\r\n333");
      DataPlane.await(() -> plane.spans.size() == 3);
      assertThat(plane.spans)
          .extracting(
              span -> DataPlane.tag(span, "http.url"),
              span -> DataPlane.tag(span, "http.status_code"),
              span -> DataPlane.tag(span, "response_size"))
          .containsExactly(
              tuple("http://a/a", "201", "1"),
              tuple("http://a/b", "202", "2"),
              tuple("http://a/c", "404", "3"));
      assertThat(plane.spans).extracting(span -> span.context().traceId()).doesNotHaveDuplicates();
    }
  }

  @Test
  void requestOfHttp10_closesWithItsServer() {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer client = plane.connect()) {
      client.send("GET / HTTP/1.0\r\n\r\n");
      Peer upstream = server.accept();
      assertThat(DataPlane.withoutAdded(upstream.receiveHead()))
          .isEqualTo("GET / HTTP/1.0\r\n\r\n");
      upstream.send("HTTP/1.0 200 OK\r\n\r\nhello").close();
      assertThat(DataPlane.withoutAdded(client.receiveAll()))
          .isEqualTo("HTTP/1.0 200 OK\r\n\r\nhello");
      assertThat(DataPlane.tag(plane.awaitSpan(), "http.protocol")).isEqualTo("HTTP/1.0");
    }
  }

  @Test
  void requestOfHttp10AtAGateway_closesBehindItsResponse() {
    try (TestServer server = new TestServer();
        DataPlane plane = gateway(server);
        Peer client = plane.connect()) {
      client.send("GET / HTTP/1.0\r\n\r\n");
      Peer upstream = server.accept();
      upstream.receiveHead();
      upstream.send(OK);
      assertThat(client.receiveAll()).startsWith("HTTP/1.1 200 OK\r\n");
    }
  }

  @Test
  void newConfiguration_servesTheNextRequestOfAnOpenConnection() {
    try (TestServer before = new TestServer();
        TestServer after = new TestServer();
        DataPlane plane = gateway(before);
        Peer client = plane.connect()) {
      client.send(get("/1"));
      Peer first = before.accept();
      first.receiveHead();
      plane.configure(
          List.of(Configurations.cluster("two", after.address())),
          Configurations.gateway(
              Configurations.http(
                  List.of(Configurations.route("/", "two")), ServerHeader.PASS_THROUGH)));
      first.send(OK);
      assertThat(client.receiveHead()).contains("server: envoy");
      client.send(get("/2"));
      Peer second = after.accept();
      assertThat(second.receiveHead()).startsWith("GET /2 ");
      second.send(OK);
      assertThat(client.receiveHead()).doesNotContain("server: ");
    }
  }

  private static DataPlane gateway(TestServer server) {
    return DataPlane.gateway(
        List.of(Configurations.cluster("one", server.address())),
        List.of(Configurations.route("/", "one")));
  }

  private static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n";
  }
}
