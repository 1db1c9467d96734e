package io.sidetrace.sidecar.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.sidecar.config.Detection;
import io.sidetrace.sidecar.config.HttpConnectionManager.ServerHeader;
import io.sidetrace.sidecar.config.Listener;
import io.sidetrace.sidecar.config.SocketAddress;
import io.sidetrace.sidecar.config.TcpProxy;
import io.sidetrace.sidecar.config.TrafficDirection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What becomes of a redirected connection before anybody knows what it speaks, and of tracing that
/// does not work.
final class InterceptionTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

  @Test
  void connectionThatNothingRedirected_isClosedAndCounted() {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address())) {
      plane.originalDestination = channel -> null;
      try (Peer client = plane.connect()) {
        assertThat(client.awaitEnd()).isEqualTo(Peer.Ending.FIN);
      }
      assertThat(plane.count(Counter.CONNECTIONS_WITHOUT_DESTINATION)).isOne();
      DataPlane.await(() -> plane.count(Counter.CONNECTIONS_ACTIVE) == 0);
      assertThat(server.hasConnection()).isFalse();
    }
  }

  @Test
  void clientThatSendsOneByteAndWaits_isNotCutOff() {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer client = plane.connect()) {
      client.send("G");
      Peer upstream = server.accept();
      assertThat(upstream.isSilent()).isTrue();
      client.send(GET.substring(1));
      assertThat(upstream.receiveHead()).startsWith("GET / ").contains("x-b3-traceid: ");
      assertThat(plane.count(Counter.CONNECTIONS_HTTP1)).isOne();
    }
  }

  @Test
  void clientThatIsSilentForTooLong_isRelayed() {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address())) {
      plane.configure(
          List.of(Configurations.originalDestination()), detecting(Duration.ofMillis(100)));
      try (Peer client = plane.connect()) {
        client.send("G");
        Peer upstream = server.accept();
        long sent = System.nanoTime();
        assertThat(upstream.receive(1)).isEqualTo("G");
        assertThat(Duration.ofNanos(System.nanoTime() - sent))
            .as("the time for looking, and one of a busy machine's")
            .isLessThan(Duration.ofSeconds(5));
        assertThat(plane.count(Counter.CONNECTIONS_TCP)).isOne();
      }
    }
  }

  /// Were it held until the time for looking is over, nothing would arrive.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "*1\r\n$4\r\nPING\r\n",
        "SSH-2.0-OpenSSH_9.6\r\n",
        "\u0000\u0000\u0000\u0008\u0004\u00d2\u0016\u002f",
        "\u0010\u0010\u0000\u0004MQTT",
        "\u0016\u0003\u0001\u0000\u00ff"
      })
  void unknownProtocol_isRelayedAsSoonAsItShows(String bytes) {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address())) {
      plane.configure(
          List.of(Configurations.originalDestination()), detecting(Duration.ofHours(1)));
      try (Peer client = plane.connect()) {
        client.send(bytes);
        Peer upstream = server.accept();
        assertThat(upstream.receive(bytes.length())).isEqualTo(bytes);
        upstream.send(bytes);
        assertThat(client.receive(bytes.length())).isEqualTo(bytes);
        assertThat(plane.spans).isEmpty();
      }
    }
  }

  @Test
  void tlsHandshake_isRelayedAndCounted() {
    String hello = "\u0016\u0003\u0001\u0002\u0000";
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer client = plane.connect()) {
      client.send(hello);
      assertThat(server.accept().receive(hello.length())).isEqualTo(hello);
      assertThat(plane.count(Counter.CONNECTIONS_TLS)).isOne();
      assertThat(plane.spans).isEmpty();
    }
  }

  @Test
  void tracingThatThrowsAtTheEnd_harmsNoRequest() {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer client = plane.connect()) {
      plane.sink =
          span -> {
            throw new IllegalStateException("no room");
          };
      Peer upstream = server.accept();
      for (int i = 1; i <= 3; i++) {
        client.send(GET);
        upstream.receiveHead();
        upstream.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        client.receiveUntil("\r\n\r\nok");
        int failures = i;
        DataPlane.await(() -> plane.count(Counter.TRACING_FAILURES) == failures);
      }
      assertThat(plane.count(Counter.REQUESTS_ACTIVE)).isZero();
    }
  }

  private static Listener detecting(Duration timeout) {
    return new Listener(
        "listener",
        List.of(new SocketAddress("127.0.0.1", 0)),
        TrafficDirection.INBOUND,
        true,
        Detection.HTTP1,
        timeout,
        Configurations.http(
            List.of(Configurations.route("/", "original")), ServerHeader.PASS_THROUGH),
        new TcpProxy("tcp", "original"));
  }
}
