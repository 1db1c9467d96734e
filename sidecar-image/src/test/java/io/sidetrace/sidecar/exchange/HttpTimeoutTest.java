package io.sidetrace.sidecar.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.sidecar.config.HttpConnectionManager.ServerHeader;
import io.sidetrace.sidecar.config.Listener;
import io.sidetrace.sidecar.config.TcpProxy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Texts, statuses and flags are those that Envoy 1.40 answered with.
final class HttpTimeoutTest {
  private static final Duration NONE = Duration.ZERO;

  /// Long enough for what a test does before it, short enough to be awaited.
  private static final Duration SHORT = Duration.ofMillis(500);

  private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final String BEGUN = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc";
  private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na";

  @Test
  void routeTimeout_isAnsweredAndTheClientsConnectionGoesOn() {
    try (TestServer server = new TestServer();
        DataPlane plane = gateway(server, SHORT, NONE, NONE, NONE);
        Peer client = plane.connect()) {
      client.send(GET);
      Peer upstream = server.accept();
      upstream.receiveHead();
      assertThat(client.receiveUntil("upstream request timeout"))
          .startsWith("HTTP/1.1 504 Gateway Timeout\r\ncontent-length: 24\r\n")
          .doesNotContain("connection: close");
      assertThat(upstream.awaitEnd()).isEqualTo(Peer.Ending.FIN);
      assertThat(DataPlane.tag(plane.awaitSpan(), "response_flags")).isEqualTo("UT");
      assertThat(plane.count(Counter.REQUESTS_TIMEOUTS)).isOne();

      client.send(GET);
      Peer second = server.accept();
      second.receiveHead();
      second.send(ANSWER);
      assertThat(client.receiveUntil("\r\n\r\na")).startsWith("HTTP/1.1 200 OK");
    }
  }

  @Test
  void routeTimeout_doesNotCountTheRequestsOwnTime() {
    try (TestServer server = new TestServer();
        DataPlane plane = gateway(server, SHORT, NONE, SHORT.multipliedBy(2), NONE);
        Peer client = plane.connect()) {
      client.send(BEGUN);
      server.accept();
      assertThat(client.receiveUntil("stream timeout"))
          .startsWith("HTTP/1.1 408 Request Timeout\r\ncontent-length: 14\r\n")
          .contains("\r\nconnection: close\r\n");
      assertThat(client.awaitEnd()).isEqualTo(Peer.Ending.FIN);
      assertThat(DataPlane.tag(plane.awaitSpan(), "response_flags")).isEqualTo("SI");
    }
  }

  @Test
  void routeTimeout_cutsAResponseThatHasBegun() {
    try (TestServer server = new TestServer();
        DataPlane plane = gateway(server, SHORT, NONE, NONE, NONE);
        Peer client = plane.connect()) {
      client.send(GET);
      Peer upstream = server.accept();
      upstream.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc");
      client.receiveUntil("\r\n\r\nabc");
      assertThat(client.awaitEnd()).isEqualTo(Peer.Ending.FIN);
      assertThat(DataPlane.tag(plane.awaitSpan(), "response_flags")).isEqualTo("UT");
    }
  }

  @Test
  void routeTimeout_towardsTheOriginalDestinationEndsBothConnections() {
    try (TestServer server = new TestServer();
        DataPlane plane = transparent(server, SHORT, NONE, NONE);
        Peer client = plane.connect()) {
      client.send(GET);
      Peer upstream = server.accept();
      upstream.receiveHead();
      assertThat(client.receiveUntil("upstream request timeout"))
          .startsWith("HTTP/1.1 504 Gateway Timeout\r\n")
          .contains("\r\nconnection: close\r\n");
      assertThat(client.awaitEnd()).isEqualTo(Peer.Ending.FIN);
      assertThat(upstream.awaitEnd()).isEqualTo(Peer.Ending.FIN);
    }
  }

  @Test
  void silenceBehindACompleteRequest_isTheUpstreamsFault() {
    try (TestServer server = new TestServer();
        DataPlane plane = gateway(server, NONE, NONE, SHORT, NONE);
        Peer client = plane.connect()) {
      client.send(GET);
      assertThat(client.receiveUntil("stream timeout"))
          .startsWith("HTTP/1.1 504 Gateway Timeout\r\ncontent-length: 14\r\n");
      assertThat(DataPlane.tag(plane.awaitSpan(), "response_flags")).isEqualTo("SI");
    }
  }

  @Test
  void silenceWithinAResponse_cutsIt() {
    try (TestServer server = new TestServer();
        DataPlane plane = gateway(server, NONE, NONE, SHORT, NONE);
        Peer client = plane.connect()) {
      client.send(GET);
      server.accept().send("HTTP/1.1 200 OK\r\n\r\nabc");
      client.receiveUntil("\r\n\r\nabc");
      assertThat(client.awaitEnd()).isEqualTo(Peer.Ending.RESET);
      assertThat(DataPlane.tag(plane.awaitSpan(), "response_flags")).isEqualTo("SI");
    }
  }

  @Test
  void responseThatGoesOn_isNotIdle() {
    try (TestServer server = new TestServer();
        DataPlane plane = gateway(server, NONE, NONE, SHORT, NONE);
        Peer client = plane.connect()) {
      client.send(GET);
      Peer upstream = server.accept();
      upstream.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n");
      client.receiveHead();
      for (int i = 0; i < 10; i++) {
        DataPlane.pause(SHORT.dividedBy(8));
        upstream.send("x");
        assertThat(client.receive(1)).isEqualTo("x");
      }
      assertThat(DataPlane.tag(plane.awaitSpan(), "response_flags")).isEqualTo("-");
    }
  }

  @Test
  void headThatDoesNotEnd_isRefusedInTime() {
    try (DataPlane plane =
            DataPlane.of(
                List.of(),
                Configurations.gateway(
                    Configurations.http(List.of(), ServerHeader.OVERWRITE, NONE, NONE, SHORT)));
        Peer client = plane.connect()) {
      client.send("GET / HT");
      assertThat(client.receiveUntil("request header timeout"))
          .startsWith("HTTP/1.1 408 Request Timeout\r\ncontent-length: 22\r\n")
          .contains("\r\nconnection: close\r\n");
      assertThat(client.awaitEnd()).isEqualTo(Peer.Ending.FIN);
      assertThat(plane.spans).isEmpty();
    }
  }

  @Test
  void connectionAtRest_isClosedWhenItsTimeIsOver() {
    try (TestServer server = new TestServer();
        DataPlane plane = gateway(server, NONE, SHORT, NONE, NONE);
        Peer unused = plane.connect();
        Peer used = plane.connect()) {
      used.send(GET);
      Peer upstream = server.accept();
      upstream.receiveHead();
      assertThat(unused.awaitEnd()).isEqualTo(Peer.Ending.FIN);
      upstream.send(ANSWER);
      used.receiveUntil("\r\n\r\na");
      assertThat(used.awaitEnd()).isEqualTo(Peer.Ending.FIN);
      assertThat(upstream.awaitEnd()).isEqualTo(Peer.Ending.FIN);
      assertThat(plane.count(Counter.CONNECTIONS_IDLE_TIMEOUTS)).isEqualTo(2);
    }
  }

  @Test
  void timeoutsOfANewConfiguration_holdForOpenConnections() {
    try (TestServer server = new TestServer();
        DataPlane plane = gateway(server, NONE, NONE, NONE, NONE);
        Peer client = plane.connect()) {
      client.send(GET);
      server.accept().send(ANSWER);
      client.receiveUntil("\r\n\r\na");
      plane.configure(
          List.of(Configurations.cluster("one", server.address())),
          listener(SHORT, SHORT, NONE, NONE));
      assertThat(client.awaitEnd()).isEqualTo(Peer.Ending.FIN);
    }
  }

  @Test
  void relayOfSilentSides_isClosedWhenItsTimeIsOver() {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address())) {
      plane.configure(
          List.of(Configurations.originalDestination()),
          Configurations.listener(
              true,
              Configurations.http(
                  List.of(Configurations.route("/", "original")), ServerHeader.PASS_THROUGH),
              new TcpProxy("tcp", "original", SHORT)));
      try (Peer client = plane.connect()) {
        client.send("PING\r\n");
        Peer upstream = server.accept();
        assertThat(upstream.receive(6)).isEqualTo("PING\r\n");
        assertThat(client.awaitEnd()).isEqualTo(Peer.Ending.FIN);
        assertThat(upstream.awaitEnd()).isEqualTo(Peer.Ending.FIN);
      }
    }
  }

  @Test
  void upgradedConnection_isClosedWhenItIsSilent() {
    try (TestServer server = new TestServer();
        DataPlane plane = transparent(server, NONE, SHORT, NONE);
        Peer client = plane.connect()) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n");
      Peer upstream = server.accept();
      upstream.receiveHead();
      upstream.send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n");
      client.receiveHead();
      assertThat(client.awaitEnd()).isEqualTo(Peer.Ending.FIN);
      assertThat(upstream.awaitEnd()).isEqualTo(Peer.Ending.FIN);
      plane.awaitSpan();
    }
  }

  private static DataPlane gateway(
      TestServer server, Duration route, Duration idle, Duration streamIdle, Duration head) {
    return DataPlane.of(
        List.of(Configurations.cluster("one", server.address())),
        listener(route, idle, streamIdle, head));
  }

  private static Listener listener(
      Duration route, Duration idle, Duration streamIdle, Duration head) {
    return Configurations.gateway(
        Configurations.http(
            List.of(Configurations.route("/", "one", route)),
            ServerHeader.OVERWRITE,
            idle,
            streamIdle,
            head));
  }

  private static DataPlane transparent(
      TestServer server, Duration route, Duration streamIdle, Duration idle) {
    DataPlane plane = DataPlane.transparent(server.address());
    plane.configure(
        List.of(Configurations.originalDestination()),
        Configurations.listener(
            true,
            Configurations.http(
                List.of(Configurations.route("/", "original", route)),
                ServerHeader.PASS_THROUGH,
                idle,
                streamIdle,
                NONE),
            new TcpProxy("tcp", "original")));
    return plane;
  }
}
