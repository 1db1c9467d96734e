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
      upstream.send(OK);
      assertThat(client.receiveHead()).doesNotContain("connection: close");

      plane.leave();

      assertThat(client.isSilent()).as("still open").isTrue();
      client.send(GET);
      upstream.send(OK);
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
        server.accept().send(OK);
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
      upstream.send(OK);
      assertThat(application.receiveHead()).doesNotContain("connection: close");
      application.send(GET);
      upstream.send(OK);
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
      upstream.receiveHead();

      var drained = CompletableFuture.supplyAsync(() -> plane.drain(LONG));
      DataPlane.await(() -> {
        upstream.send(OK);
        return application.receiveHead().contains("connection: close") || askAgain(application);
      });

      assertThat(drained.join()).isTrue();
      assertThat(application.awaitEnd()).isEqualTo(Peer.Ending.FIN);
    }
  }

  /// The drain had not begun yet.
  private static boolean askAgain(Peer application) {
    application.send(GET);
    return false;
  }

  @Test
  void drain_closesConnectionsAtRestInTheEnd() {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer resting = plane.connect()) {
      resting.send(GET);
      server.accept().send(OK);
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

  private static DataPlane outbound(TestServer server) {
    return DataPlane.gateway(
        List.of(Configurations.cluster("one", server.address())),
        List.of(Configurations.route("/", "one")));
  }
}
