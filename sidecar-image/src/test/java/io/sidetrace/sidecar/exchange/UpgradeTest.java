package io.sidetrace.sidecar.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.sidecar.trace.Span;
import org.junit.jupiter.api.Test;

/// Interim responses, and connections that go on in another protocol, or do not.
final class UpgradeTest {
  private static final String ASK =
      "GET /chat HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
  private static final String SWITCH =
      "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
  private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

  @Test
  void continue100_isForwardedBeforeTheBody() {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer client = plane.connect()) {
      client.send("PUT / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
      Peer upstream = server.accept();
      assertThat(upstream.receiveHead()).contains("\r\nExpect: 100-continue\r\n");
      upstream.send("HTTP/1.1 100 Continue\r\n\r\n");
      assertThat(client.receiveHead()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
      client.send("abc");
      assertThat(upstream.receive(3)).isEqualTo("abc");
      upstream.send("HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n");
      assertThat(client.receiveHead()).startsWith("HTTP/1.1 201 Created\r\n");
      assertThat(DataPlane.tag(plane.awaitSpan(), "http.status_code")).isEqualTo("201");
    }
  }

  @Test
  void expectationThatIsRefused_leavesTheConnectionUsable() {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer client = plane.connect()) {
      client.send("PUT / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
      Peer upstream = server.accept();
      upstream.receiveHead();
      upstream.send("HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\n\r\n");
      assertThat(client.receiveHead()).startsWith("HTTP/1.1 417 ");
      client.send("abc" + GET);
      assertThat(upstream.receive(3)).isEqualTo("abc");
      assertThat(upstream.receiveHead()).startsWith("GET / ");
      upstream.send("HTTP/1.1 204 No Content\r\n\r\n");
      assertThat(client.receiveHead()).startsWith("HTTP/1.1 204 ");
      DataPlane.await(() -> plane.spans.size() == 2);
    }
  }

  @Test
  void interimResponses_areForwardedInAnyNumber() {
    String hints = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n";
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer client = plane.connect()) {
      client.send(GET);
      Peer upstream = server.accept();
      upstream.receiveHead();
      upstream.send(hints.repeat(100) + "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
      assertThat(client.receive(hints.length() * 100)).isEqualTo(hints.repeat(100));
      assertThat(client.receiveHead()).startsWith("HTTP/1.1 200 OK\r\n");
      assertThat(DataPlane.tag(plane.awaitSpan(), "http.status_code")).isEqualTo("200");
    }
  }

  @Test
  void upgradedConnection_isRelayedFromThe101On() {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer client = plane.connect()) {
      client.send(ASK + "early");
      Peer upstream = server.accept();
      assertThat(DataPlane.withoutAdded(upstream.receiveHead())).isEqualTo(ASK);
      assertThat(upstream.isSilent()).as("bytes before the 101").isTrue();
      upstream.send(SWITCH + "\u0081\u0002hi");
      assertThat(DataPlane.withoutAdded(client.receiveHead())).isEqualTo(SWITCH);
      assertThat(client.receive(4)).isEqualTo("\u0081\u0002hi");
      assertThat(upstream.receive(5)).isEqualTo("early");
      client.send("more").endOutput();
      assertThat(upstream.receiveAll()).isEqualTo("more");
      upstream.close();
      assertThat(client.awaitEnd()).isEqualTo(Peer.Ending.FIN);
      Span span = plane.awaitSpan();
      assertThat(DataPlane.tag(span, "http.status_code")).isEqualTo("101");
      assertThat(DataPlane.tag(span, "request_size")).isEqualTo("9");
      assertThat(DataPlane.tag(span, "response_size")).isEqualTo("4");
    }
  }

  /// What stands behind the request is another request, if the server does not switch.
  @Test
  void upgradeThatIsNotTaken_leavesHttp() {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer client = plane.connect()) {
      client.send(ASK + GET);
      Peer upstream = server.accept();
      upstream.receiveHead();
      assertThat(upstream.isSilent()).isTrue();
      upstream.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nno");
      client.receiveUntil("\r\n\r\nno");
      assertThat(upstream.receiveHead()).startsWith("GET / ").contains("x-b3-traceid: ");
      upstream.send("HTTP/1.1 204 No Content\r\n\r\n");
      client.receiveHead();
      DataPlane.await(() -> plane.spans.size() == 2);
    }
  }

  @Test
  void switchThatNobodyAskedFor_isRelayedAndMarked() {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer client = plane.connect()) {
      client.send(GET);
      Peer upstream = server.accept();
      upstream.receiveHead();
      upstream.send(SWITCH).close();
      assertThat(client.receiveAll()).isEqualTo(SWITCH);
      client.close();
      assertThat(DataPlane.tag(plane.awaitSpan(), "response_flags")).isEqualTo("UPE");
    }
  }

  @Test
  void offerOfHttp2WithoutTls_isTakenOut() {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer client = plane.connect()) {
      client.send(
          "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings, X-Own\r\n"
              + "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\nX-Own: 1\r\n\r\n");
      String head = DataPlane.withoutAdded(server.accept().receiveHead());
      assertThat(head)
          .isEqualTo("GET / HTTP/1.1\r\nHost: a\r\nConnection: X-Own\r\nX-Own: 1\r\n\r\n");
    }
  }

  /// What was meant for the tunnel is no request, so it goes nowhere.
  @Test
  void tunnelThatIsRefused_leaksNothingOfWhatWasMeantForIt() {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer client = plane.connect()) {
      client.send("CONNECT b:443 HTTP/1.1\r\nHost: b:443\r\n\r\n\u0016\u0003\u0001early\r\n\r\n");
      Peer upstream = server.accept();
      upstream.receiveHead();
      upstream.send("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno");
      assertThat(client.receiveAll()).contains("\r\n\r\nnoHTTP/1.1 400 Bad Request\r\n");
      assertThat(upstream.receiveAll()).as("bytes leaked").isEmpty();
    }
  }

  /// No memory is taken for them: they go on as they come, and slowly when the client reads slowly.
  @Test
  void floodOfInterimResponses_passesWhole() {
    int count = 100_000;
    String hints = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n";
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer client = plane.connect()) {
      client.send(GET);
      Peer upstream = server.accept();
      upstream.receiveHead();
      Thread flood =
          Thread.ofPlatform()
              .daemon()
              .start(() -> upstream.send(hints.repeat(count)).send("HTTP/1.1 204 N\r\n\r\n"));
      assertThat(client.receive(hints.length() * count)).isEqualTo(hints.repeat(count));
      assertThat(client.receiveHead()).startsWith("HTTP/1.1 204 N\r\n");
      assertThat(flood.isDaemon()).isTrue();
    }
  }

  @Test
  void tunnel_isRelayedOnceItStands() {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer client = plane.connect()) {
      client.send("CONNECT b:443 HTTP/1.1\r\nHost: b:443\r\n\r\nearly");
      Peer upstream = server.accept();
      upstream.receiveHead();
      assertThat(upstream.isSilent()).isTrue();
      upstream.send("HTTP/1.1 200 OK\r\n\r\n");
      client.receiveHead();
      assertThat(upstream.receive(5)).isEqualTo("early");
      upstream.send("late").close();
      assertThat(client.receiveAll()).isEqualTo("late");
      client.close();
      plane.awaitSpan();
    }
  }
}
