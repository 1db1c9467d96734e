package io.sidetrace.sidecar.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// How connections end when the pod does, or the process.
final class LeavingTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
  private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final Duration LONG = Duration.ofMillis(Peer.TIMEOUT_MILLIS);
  private static final Duration SHORT = Duration.ofMillis(200);

  @Test
  void leave_answersARequestOnAConnectionAtRestAndThenClosesIt() {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer client = plane.connect()) {
      client.send(GET);
      Peer upstream = server.accept();
      answer(upstream);
      assertThat(client.receiveHead()).doesNotContain("connection: close");

      plane.leave();

      assertThat(client.isSilent()).as("still open").isTrue();
      client.send(GET);
      answer(upstream);
      assertThat(client.receiveAll())
          .startsWith("HTTP/1.1 200 OK\r\n")
          .contains("connection: close");
    }
  }

  @Test
  void leave_servesNewConnectionsForOneRequestEach() {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address())) {
      plane.leave();
      try (Peer client = plane.connect()) {
        client.send(GET);
        answer(server.accept());
        assertThat(client.receiveAll()).contains("connection: close");
      }
    }
  }

  @Test
  void leave_doesNotConcernWhatTheApplicationSends() {
    try (TestServer server = new TestServer();
        DataPlane plane = outbound(server);
        Peer application = plane.connect()) {
      plane.leave();
      application.send(GET);
      Peer upstream = server.accept();
      answer(upstream);
      assertThat(application.receiveHead()).doesNotContain("connection: close");
      application.send(GET);
      answer(upstream);
      application.receiveHead();
    }
  }

  @Test
  void leave_letsAnUploadEndWhoseAnswerComesEarly() {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer client = plane.connect()) {
      plane.leave();
      client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\nabc");
      Peer upstream = server.accept();
      upstream.receiveUntil("abc");
      upstream.send(OK);
      assertThat(client.receiveHead()).doesNotContain("connection: close");
      client.send("def");
      assertThat(upstream.receive(3)).isEqualTo("def");
    }
  }

  @Test
  void drain_closesOutboundConnectionsToo() {
    try (TestServer server = new TestServer();
        DataPlane plane = outbound(server);
        Peer application = plane.connect()) {
      application.send(GET);
      Peer upstream = server.accept();
      answer(upstream);
      application.receiveHead();

      var drained = CompletableFuture.supplyAsync(() -> plane.drain(LONG));
      DataPlane.await(() -> {
        application.send(GET);
        answer(upstream);
        return application.receiveHead().contains("connection: close");
      });

      assertThat(application.awaitEnd()).isEqualTo(Peer.Ending.FIN);
      application.close();
      assertThat(drained.join()).isTrue();
    }
  }

  @Test
  void drain_closesConnectionsAtRestInTheEnd() {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer resting = plane.connect()) {
      resting.send(GET);
      answer(server.accept());
      resting.receiveHead();

      plane.drain(SHORT);

      assertThat(resting.awaitEnd()).isEqualTo(Peer.Ending.FIN);
    }
  }

  @Test
  void drain_waitsNoLongerThanItsLimitForAnAnswer() {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer busy = plane.connect()) {
      busy.send(GET);
      Peer upstream = server.accept();
      upstream.receiveHead();

      assertThat(plane.drain(SHORT)).isFalse();

      upstream.send(OK);
      assertThat(busy.receiveAll()).contains("connection: close");
    }
  }

  /// The request first: an answer before it would be none.
  private static void answer(Peer upstream) {
    upstream.receiveHead();
    upstream.send(OK);
  }

  private static DataPlane outbound(TestServer server) {
    return DataPlane.gateway(
        List.of(Configurations.cluster("one", server.address())),
        List.of(Configurations.route("/", "one")));
  }
}
