package io.sidetrace.sidecar.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.sidecar.trace.Span;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How connections end, and that the other side sees them end the same way.
final class EndingTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final String BEGUN = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc";

  @Test
  void clientThatHalfCloses_stillGetsItsResponse() {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer client = plane.connect()) {
      client.send(GET).endOutput();
      Peer upstream = server.accept();
      upstream.receiveHead();
      assertThat(upstream.awaitEnd()).isEqualTo(Peer.Ending.FIN);
      upstream.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
      assertThat(client.receiveAll()).endsWith("\r\n\r\nok");
      assertThat(DataPlane.tag(plane.awaitSpan(), "response_flags")).isEqualTo("-");
    }
  }

  @Test
  void clientOfAGatewayThatHalfCloses_stillGetsItsResponse() {
    try (TestServer server = new TestServer();
        DataPlane plane = gateway(server.address());
        Peer client = plane.connect()) {
      client.send(GET + GET).endOutput();
      Peer upstream = server.accept();
      upstream.receiveHead();
      upstream.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
      upstream.receiveHead();
      upstream.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
      assertThat(client.receiveAll()).contains("\r\n\r\nokHTTP/1.1 200 OK").endsWith("\r\n\r\nok");
    }
  }

  @Test
  void relayedSides_halfCloseEachByItself() {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer client = plane.connect()) {
      client.send("PING\r\n").endOutput();
      Peer upstream = server.accept();
      assertThat(upstream.receiveAll()).isEqualTo("PING\r\n");
      upstream.send("+PONG\r\n").endOutput();
      assertThat(client.receiveAll()).isEqualTo("+PONG\r\n");
      DataPlane.await(() -> plane.count(Counter.CONNECTIONS_ACTIVE) == 0);
    }
  }

  @Test
  void serverThatHalfClosesARelay_isStillHeard() {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer client = plane.connect()) {
      Peer upstream = server.accept();
      upstream.send("bye").endOutput();
      assertThat(client.receiveAll()).isEqualTo("bye");
      client.send("one more thing").close();
      assertThat(upstream.receiveAll()).isEqualTo("one more thing");
    }
  }

  @Test
  void resetOfTheClient_resetsItsServerAndMarksTheSpan() {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer client = plane.connect()) {
      client.send(GET);
      Peer upstream = server.accept();
      upstream.receiveHead();
      client.reset();
      assertThat(upstream.awaitEnd()).isEqualTo(Peer.Ending.RESET);
      Span span = plane.awaitSpan();
      assertThat(DataPlane.tag(span, "response_flags")).isEqualTo("DC");
      assertThat(DataPlane.tag(span, "http.status_code")).isEqualTo("0");
    }
  }

  @Test
  void resetOfAClientInARelay_resetsItsServer() {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer client = plane.connect()) {
      client.send("PING\r\n");
      Peer upstream = server.accept();
      upstream.receive(6);
      client.reset();
      assertThat(upstream.awaitEnd()).isEqualTo(Peer.Ending.RESET);
    }
  }

  @Test
  void resetOfTheServer_resetsItsClient() {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer client = plane.connect()) {
      client.send(GET);
      Peer upstream = server.accept();
      upstream.receiveHead();
      upstream.reset();
      assertThat(client.awaitEnd()).isEqualTo(Peer.Ending.RESET);
      assertThat(DataPlane.tag(plane.awaitSpan(), "response_flags")).isEqualTo("UC");
    }
  }

  @Test
  void serverThatClosesWithinItsResponse_isMirrored() {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer client = plane.connect()) {
      client.send(GET);
      Peer upstream = server.accept();
      upstream.receiveHead();
      upstream.send(BEGUN).close();
      assertThat(client.receiveAll()).endsWith("\r\n\r\nabc");
      Span span = plane.awaitSpan();
      assertThat(DataPlane.tag(span, "response_flags")).isEqualTo("UPE");
      assertThat(DataPlane.tag(span, "response_size")).isEqualTo("3");
    }
  }

  @Test
  void serverThatClosesWithinItsHead_isMirroredToTheLastByte() {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer client = plane.connect()) {
      client.send(GET);
      Peer upstream = server.accept();
      upstream.receiveHead();
      upstream.send("HTTP/1.1 200 OK\r\nConte").close();
      assertThat(client.receiveAll()).isEqualTo("HTTP/1.1 200 OK\r\nConte");
      assertThat(DataPlane.tag(plane.awaitSpan(), "response_flags")).isEqualTo("UC");
    }
  }

  @Test
  void serverOfAGatewayThatClosesBeforeItsResponse_isAnsweredFor() {
    try (TestServer server = new TestServer();
        DataPlane plane = gateway(server.address());
        Peer client = plane.connect()) {
      client.send(GET);
      Peer upstream = server.accept();
      upstream.receiveHead();
      upstream.send("HTTP/1.1 2").close();
      assertThat(client.receiveUntil("connection termination"))
          .startsWith("HTTP/1.1 503 Service Unavailable\r\ncontent-length: 95\r\n")
          .endsWith(
              "\r\n\r\nupstream connect error or disconnect/reset before headers. "
                  + "reset reason: connection termination");
      assertThat(DataPlane.tag(plane.awaitSpan(), "response_flags")).isEqualTo("UC");
    }
  }

  @Test
  void clientOfAGatewayThatSendsNoMoreWithinItsRequest_isGivenUp() {
    try (TestServer server = new TestServer();
        DataPlane plane = gateway(server.address());
        Peer client = plane.connect()) {
      client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc");
      Peer upstream = server.accept();
      upstream.receiveUntil("\r\n\r\nabc");
      client.endOutput();
      assertThat(upstream.awaitEnd()).isEqualTo(Peer.Ending.FIN);
      assertThat(client.receiveAll()).isEmpty();
      Span span = plane.awaitSpan();
      assertThat(DataPlane.tag(span, "response_flags")).isEqualTo("DC");
      assertThat(DataPlane.tag(span, "http.status_code")).isEqualTo("0");
    }
  }

  @Test
  void serverOfAGatewayThatClosesWithinItsResponse_endsTheClients() {
    try (TestServer server = new TestServer();
        DataPlane plane = gateway(server.address());
        Peer client = plane.connect()) {
      client.send(GET);
      Peer upstream = server.accept();
      upstream.receiveHead();
      upstream.send(BEGUN).close();
      assertThat(client.receiveAll()).endsWith("\r\n\r\nabc");
      assertThat(DataPlane.tag(plane.awaitSpan(), "response_flags")).isEqualTo("UPE");
    }
  }

  @Test
  void serverOfAGatewayThatEndsBetweenRequests_isReplaced() {
    try (TestServer server = new TestServer();
        DataPlane plane = gateway(server.address());
        Peer client = plane.connect()) {
      for (int i = 0; i < 5; i++) {
        client.send(GET);
        Peer upstream = server.accept();
        upstream.receiveHead();
        upstream.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        client.receiveUntil("\r\n\r\nok");
        upstream.endOutput();
        assertThat(upstream.awaitEnd()).isEqualTo(Peer.Ending.FIN);
      }
    }
  }

  @Test
  void refusedConnection_isResetWhateverTheClientSpeaks() {
    InetSocketAddress nobody = TestServer.freeAddress();
    try (DataPlane plane = DataPlane.transparent(nobody)) {
      try (Peer silent = plane.connect()) {
        assertThat(silent.awaitEnd()).isEqualTo(Peer.Ending.RESET);
      }
      assertThat(plane.count(Counter.UPSTREAM_CONNECT_FAILURES)).isOne();
      assertThat(plane.spans).isEmpty();
    }
  }

  /// Whichever comes first: the refusal or the client's first bytes.
  @Test
  void refusedConnectionOfAClientThatSpeaksAtOnce_isReset() {
    InetSocketAddress nobody = TestServer.freeAddress();
    try (DataPlane plane = DataPlane.transparent(nobody)) {
      for (int i = 0; i < 50; i++) {
        try (Peer client = plane.connect()) {
          assertThat(client.awaitEndAfter("PING\r\n")).isEqualTo(Peer.Ending.RESET);
        }
      }
      assertThat(plane.count(Counter.UPSTREAM_CONNECT_FAILURES)).isEqualTo(50);
    }
  }

  /// A client whose request is later than the refusal by more than the grace leaves no span; one of
  /// many is in time.
  @Test
  void refusedRequest_isResetAndMakesASpan() {
    InetSocketAddress nobody = TestServer.freeAddress();
    try (DataPlane plane = DataPlane.transparent(nobody)) {
      int connections = 0;
      for (; connections < 50 && plane.spans.isEmpty(); connections++) {
        try (Peer client = plane.connect()) {
          assertThat(client.awaitEndAfter(GET)).isEqualTo(Peer.Ending.RESET);
        }
      }
      assertThat(DataPlane.tag(plane.awaitSpan(), "response_flags")).isEqualTo("UF");
      assertThat(plane.count(Counter.UPSTREAM_CONNECT_FAILURES)).isEqualTo(connections);
      assertThat(plane.count(Counter.REQUESTS_ACTIVE)).isZero();
    }
  }

  @Test
  void refusedRequestAtAGateway_isAnsweredFor() {
    try (DataPlane plane = gateway(TestServer.freeAddress());
        Peer client = plane.connect()) {
      client.send(GET);
      assertThat(client.receiveUntil("remote connection failure"))
          .startsWith("HTTP/1.1 503 Service Unavailable\r\ncontent-length: 98\r\n");
      assertThat(DataPlane.tag(plane.awaitSpan(), "response_flags")).isEqualTo("UF");
      assertThat(plane.count(Counter.UPSTREAM_CONNECT_FAILURES)).isOne();
    }
  }

  private static DataPlane gateway(InetSocketAddress endpoint) {
    return DataPlane.gateway(
        List.of(Configurations.cluster("one", endpoint)),
        List.of(Configurations.route("/", "one")));
  }
}
