package io.sidetrace.sidecar.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.sidecar.config.Detection;
import io.sidetrace.sidecar.config.HttpConnectionManager.ServerHeader;
import io.sidetrace.sidecar.config.Listener;
import io.sidetrace.sidecar.config.SocketAddress;
import io.sidetrace.sidecar.config.TcpProxy;
import io.sidetrace.sidecar.config.TrafficDirection;
import io.sidetrace.sidecar.intercept.ClientHello;
import io.sidetrace.sidecar.sampling.SamplingShares;
import io.sidetrace.sidecar.trace.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// The spans of connections that are not HTTP, over real connections.
final class ConnectionSpanTest {
  private static final String HELLO =
      ClientHello.of(
          ClientHello.extension(43, "\u0002\u0003\u0004"),
          ClientHello.serverName("Shop.example.com"),
          ClientHello.extension(23, ""));

  private static final String REDIS = "*1\r\n$4\r\nPING\r\n";

  @Test
  void tcp_isOneSpanOnceItHasEnded() {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address(), traced("original"))) {
      try (Peer client = plane.connect()) {
        client.send(REDIS);
        Peer upstream = server.accept();
        assertThat(upstream.receive(REDIS.length())).isEqualTo(REDIS);
        upstream.send("+PONG\r\n");
        assertThat(client.receive(7)).isEqualTo("+PONG\r\n");
        assertThat(plane.spans).isEmpty();
        upstream.close();
      }
      Span span = plane.awaitSpan();
      String destination = "127.0.0.1:" + server.address().getPort();
      assertThat(span.name()).isEqualTo(destination);
      assertThat(span.kind()).isEqualTo(Span.Kind.SERVER);
      assertThat(span.context().parentId()).isZero();
      assertThat(span.tags())
          .containsExactly(
              new Span.Tag("node_id", "node"),
              new Span.Tag("connection.protocol", "tcp"),
              new Span.Tag("peer.address", "127.0.0.1"),
              new Span.Tag("upstream_address", destination),
              new Span.Tag("request_size", "14"),
              new Span.Tag("response_size", "7"),
              new Span.Tag("component", "proxy"),
              new Span.Tag("upstream_cluster", "original"),
              new Span.Tag("upstream_cluster.name", "original"),
              new Span.Tag("response_flags", "-"));
    }
  }

  /// Each cut is at another place of the protocol's detection and of the name.
  @Test
  void tls_isNamedByWhatItsClientAsksFor() {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address(), traced("original"))) {
      for (int cut : new int[] {1, 2, 5, 90, HELLO.length() - 1, HELLO.length()}) {
        plane.spans.clear();
        try (Peer client = plane.connect()) {
          client.send(HELLO.substring(0, cut));
          Peer upstream = server.accept();
          if (cut > 1) { // one byte is not TLS yet
            assertThat(upstream.receive(cut)).isEqualTo(HELLO.substring(0, cut));
          }
          client.send(HELLO.substring(cut) + "more");
          upstream.receive(HELLO.length() - (cut > 1 ? cut : 0) + 4);
          upstream.close();
        }
        Span span = plane.awaitSpan();
        assertThat(span.name()).as("cut at %d", cut).isEqualTo("shop.example.com");
        assertThat(DataPlane.tag(span, "tls.sni")).isEqualTo("shop.example.com");
        assertThat(DataPlane.tag(span, "connection.protocol")).isEqualTo("tls");
        assertThat(DataPlane.tag(span, "request_size")).isEqualTo("" + (HELLO.length() + 4));
      }
    }
  }

  /// Row B11, through the data plane.
  @Test
  void malformedHello_passesAndHasNoName() {
    String hello = "\u0016\u0003\u0001\u0040\u0000\u0001\u00ff\u00ff\u00ff";
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address(), traced("original"))) {
      try (Peer client = plane.connect()) {
        client.send(hello);
        Peer upstream = server.accept();
        assertThat(upstream.receive(9)).isEqualTo(hello);
        upstream.close();
      }
      Span span = plane.awaitSpan();
      assertThat(span.name()).isEqualTo("127.0.0.1:" + server.address().getPort());
      assertThat(DataPlane.tag(span, "connection.protocol")).isEqualTo("tls");
      assertThat(span.tags()).extracting(Span.Tag::key).doesNotContain("tls.sni", "error");
    }
  }

  @Test
  void serverThatSpeaksFirst_isHeardAtOnceAndMakesASpan() {
    String banner = "220 mail.example.com ESMTP\r\n";
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address(), traced("original"))) {
      try (Peer client = plane.connect()) {
        Peer upstream = server.accept();
        upstream.send(banner);
        assertThat(client.receive(banner.length())).isEqualTo(banner);
        client.send("QUIT\r\n");
        upstream.receive(6);
        upstream.close();
      }
      Span span = plane.awaitSpan();
      assertThat(DataPlane.tag(span, "connection.protocol")).isEqualTo("tcp");
      assertThat(DataPlane.tag(span, "request_size")).isEqualTo("6");
      assertThat(DataPlane.tag(span, "response_size")).isEqualTo("" + banner.length());
    }
  }

  @Test
  void spanLastsAsLongAsItsConnection() {
    Duration time = Duration.ofMillis(50);
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address(), traced("original"))) {
      long before = System.currentTimeMillis() * 1_000;
      try (Peer client = plane.connect()) {
        Peer upstream = server.accept();
        DataPlane.pause(time); // nobody knows yet what it is
        client.send(REDIS);
        upstream.receive(REDIS.length());
        DataPlane.pause(time);
        upstream.close();
      }
      Span span = plane.awaitSpan();
      long after = System.currentTimeMillis() * 1_000 + 1_000;
      assertThat(span.startMicros()).isBetween(before, after - 2 * time.toNanos() / 1_000);
      assertThat(span.durationMicros()).isBetween(2 * time.toNanos() / 1_000, after - before);
    }
  }

  @Test
  void upstreamThatRefuses_isAnError() {
    InetSocketAddress nobody = freeAddress();
    try (DataPlane plane = DataPlane.transparent(nobody, traced("original"));
        Peer client = plane.connect()) {
      assertThat(client.awaitReset()).isTrue();
      Span span = plane.awaitSpan();
      assertThat(span.name()).isEqualTo("127.0.0.1:" + nobody.getPort());
      assertThat(DataPlane.tag(span, "response_flags")).isEqualTo("UF");
      assertThat(DataPlane.tag(span, "error")).isEqualTo("true");
    }
  }

  @Test
  void upstreamThatRefuses_isAnErrorOfTlsToo() {
    try (DataPlane plane = DataPlane.transparent(freeAddress(), traced("original"));
        Peer client = plane.connect()) {
      client.awaitEndAfter(HELLO);
      Span span = plane.awaitSpan();
      assertThat(DataPlane.tag(span, "response_flags")).isEqualTo("UF");
    }
  }

  @Test
  void clusterWithoutEndpoint_isAnErrorNamedByIt() {
    try (DataPlane plane =
            DataPlane.of(
                List.of(Configurations.cluster("empty")), listener("empty", false, "127.0.0.1"));
        Peer client = plane.connect()) {
      client.send(REDIS);
      client.awaitEnd();
      Span span = plane.awaitSpan();
      assertThat(span.name()).isEqualTo("empty");
      assertThat(DataPlane.tag(span, "response_flags")).isEqualTo("UH");
      assertThat(DataPlane.tag(span, "error")).isEqualTo("true");
      assertThat(span.tags()).extracting(Span.Tag::key).doesNotContain("upstream_address");
    }
  }

  @Test
  void ipv6_isWrittenAsByRequests() throws IOException {
    InetAddress loopback = InetAddress.ofLiteral("::1");
    Assumptions.assumeTrue(hasIpv6(loopback), "no IPv6 here");
    try (TestServer server = new TestServer(new ServerSocket(0, 50, loopback));
        DataPlane plane =
            DataPlane.transparent(server.address(), listener("original", true, "::1"))) {
      try (Peer client = plane.connect()) {
        client.send(REDIS);
        Peer upstream = server.accept();
        upstream.receive(REDIS.length());
        upstream.close();
      }
      Span span = plane.awaitSpan();
      String destination = "[::1]:" + server.address().getPort();
      assertThat(span.name()).isEqualTo(destination);
      assertThat(DataPlane.tag(span, "upstream_address")).isEqualTo(destination);
      assertThat(DataPlane.tag(span, "peer.address")).isEqualTo("::1");
    }
  }

  @Test
  void http_makesNoSpanOfItsConnection() {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address(), traced("original"))) {
      try (Peer client = plane.connect()) {
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        Peer upstream = server.accept();
        upstream.receiveHead();
        upstream.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        client.receiveHead();
      }
      assertThat(plane.drain(Duration.ofMillis(Peer.TIMEOUT_MILLIS))).isTrue();
      assertThat(plane.awaitSpan().tags()).contains(new Span.Tag("http.method", "GET"));
    }
  }

  @Test
  void connections_areSampled() {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address(), traced("original"))) {
      plane.connectionShares = SamplingShares.percent(100, 25, 100);
      plane.configure(List.of(Configurations.originalDestination()), traced("original"));
      for (int i = 0; i < 100; i++) {
        relayOne(plane, server);
      }
      assertThat(plane.drain(Duration.ofMillis(Peer.TIMEOUT_MILLIS))).isTrue();
      plane.awaitTasks();
      assertThat(plane.spans).hasSizeBetween(10, 40);
    }
  }

  @Test
  void configurationInForceAtTheEnd_makesTheSpan() {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address(), traced("original"))) {
      try (Peer client = plane.connect()) {
        client.send(REDIS);
        Peer upstream = server.accept();
        upstream.receive(REDIS.length());
        plane.configure(
            List.of(Configurations.originalDestination()), Configurations.transparent());
        upstream.close();
      }
      assertThat(plane.drain(Duration.ofMillis(Peer.TIMEOUT_MILLIS))).isTrue();
      plane.awaitTasks();
      assertThat(plane.spans).isEmpty();
    }
  }

  @Test
  void tracingThatThrows_harmsNoConnection() {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address(), traced("original"))) {
      plane.sink =
          span -> {
            throw new IllegalStateException("no room");
          };
      relayOne(plane, server);
      DataPlane.await(() -> plane.count(Counter.TRACING_FAILURES) == 1);
      plane.random =
          () -> {
            throw new IllegalStateException("no randomness");
          };
      plane.configure(List.of(Configurations.originalDestination()), traced("original"));
      relayOne(plane, server);
      DataPlane.await(() -> plane.count(Counter.TRACING_FAILURES) == 2);
      assertThat(plane.drain(Duration.ofMillis(Peer.TIMEOUT_MILLIS))).isTrue();
    }
  }

  private static void relayOne(DataPlane plane, TestServer server) {
    try (Peer client = plane.connect()) {
      client.send(REDIS);
      Peer upstream = server.accept();
      assertThat(upstream.receive(REDIS.length())).isEqualTo(REDIS);
      upstream.send("+PONG\r\n");
      assertThat(client.receive(7)).isEqualTo("+PONG\r\n");
      upstream.close();
    }
  }

  private static InetSocketAddress freeAddress() {
    try (TestServer server = new TestServer()) {
      return server.address();
    }
  }

  private static boolean hasIpv6(InetAddress loopback) {
    try (ServerSocket socket = new ServerSocket(0, 1, loopback)) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  private static Listener traced(String cluster) {
    return listener(cluster, true, "127.0.0.1");
  }

  private static Listener listener(String cluster, boolean original, String address) {
    return new Listener(
        "listener",
        List.of(new SocketAddress(address, 0)),
        TrafficDirection.INBOUND,
        original,
        Detection.HTTP1_AND_HTTP2,
        Duration.ZERO,
        Configurations.http(List.of(Configurations.route("/", cluster)), ServerHeader.PASS_THROUGH),
        new TcpProxy("tcp", cluster, Duration.ZERO, List.of(), true));
  }
}
