package io.sidetrace.sidecar.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.sidetrace.sidecar.trace.Span;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// Bodies go through as they are, of any length, and never pile up.
final class BodyTest {
  private static final long MIB = 1024 * 1024;

  /// More than the kernel's buffers of two connections hold: 4 MiB to send and 6 MiB to receive at
  /// most, by their usual limits.
  private static final long LARGE = 64 * MIB;

  private static final long PIECE = 64 * 1024;

  private static final Duration LONGER_THAN_A_CLOSE_WAITS = Duration.ofMillis(1_200);

  /// A water mark and what is read before it is noticed are some hundred KiB; the allocator rounds
  /// up to chunks.
  private static final long BOUNDED = 16 * MIB;

  @Test
  void chunkedBodyWithTrailers_isUnchangedBothWays() {
    String body = "4;a=\"b\"\r\nWiki\r\n5\r\npedia\r\n0\r\nX-Sum: 1\r\nx-other:2\r\n\r\n";
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer client = plane.connect()) {
      client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + body);
      Peer upstream = server.accept();
      upstream.receiveHead();
      assertThat(upstream.receive(body.length())).isEqualTo(body);
      upstream.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + body);
      client.receiveHead();
      assertThat(client.receive(body.length())).isEqualTo(body);
      Span span = plane.awaitSpan();
      assertThat(DataPlane.tag(span, "request_size")).isEqualTo("9");
      assertThat(DataPlane.tag(span, "response_size")).isEqualTo("9");
    }
  }

  @Test
  void bodyByteByByte_isForwardedAsItComes() {
    String request = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    String body = "3\r\nabc\r\n0\r\n\r\n";
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer client = plane.connect()) {
      Peer upstream = server.accept();
      (request + body).chars().forEach(c -> client.send(String.valueOf((char) c)));
      upstream.receiveHead();
      assertThat(upstream.receive(body.length())).isEqualTo(body);
      String response = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nxyz";
      response.chars().forEach(c -> upstream.send(String.valueOf((char) c)));
      assertThat(DataPlane.withoutAdded(client.receiveUntil("xyz"))).isEqualTo(response);
      assertThat(DataPlane.tag(plane.awaitSpan(), "request_size")).isEqualTo("3");
    }
  }

  @Test
  void largeResponseToASlowReader_stopsItsServer() {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer client = plane.connect()) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      Peer upstream = server.accept();
      upstream.receiveHead();
      long before = bufferMemory();
      upstream.send("HTTP/1.1 200 OK\r\nContent-Length: " + LARGE + "\r\n\r\n");
      AtomicLong sent = upstream.sendPattern(LARGE);
      client.receiveHead();

      assertThat(awaitStop(sent)).isLessThan(LARGE / 2);
      assertThat(bufferMemory() - before).isLessThan(BOUNDED);

      client.receivePattern(LARGE);
      assertThat(DataPlane.tag(plane.awaitSpan(), "response_size")).isEqualTo("" + LARGE);
    }
  }

  @Test
  void largeRequestToASlowServer_stopsItsClient() {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer client = plane.connect()) {
      long before = bufferMemory();
      client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: " + LARGE + "\r\n\r\n");
      Peer upstream = server.accept();
      AtomicLong sent = client.sendPattern(LARGE);
      upstream.receiveHead();

      assertThat(awaitStop(sent)).isLessThan(LARGE / 2);
      assertThat(bufferMemory() - before).isLessThan(BOUNDED);

      upstream.receivePattern(LARGE);
      upstream.send("HTTP/1.1 204 No Content\r\n\r\n");
      assertThat(client.receiveHead()).startsWith("HTTP/1.1 204 ");
      assertThat(DataPlane.tag(plane.awaitSpan(), "request_size")).isEqualTo("" + LARGE);
    }
  }

  @Test
  void largeRelayToASlowReader_stopsItsSource() {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer client = plane.connect()) {
      Peer upstream = server.accept();
      long before = bufferMemory();
      upstream.send("220 hello\r\n");
      AtomicLong sent = upstream.sendPattern(LARGE);
      assertThat(client.receive(11)).isEqualTo("220 hello\r\n");

      assertThat(awaitStop(sent)).isLessThan(LARGE / 2);
      assertThat(bufferMemory() - before).isLessThan(BOUNDED);

      client.receivePattern(LARGE);
    }
  }

  /// The server ends while most of its response is still under way to a client that reads slowly.
  @Test
  void responseWhoseServerHasEnded_isDeliveredWholeToASlowReader() {
    long length = LARGE;
    long received = 0;
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer client = plane.connect()) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      Peer upstream = server.accept();
      upstream.receiveHead();
      upstream.send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
      AtomicLong sent = upstream.sendPattern(length);
      client.receiveHead();
      for (; sent.get() < length; received += PIECE) {
        client.receivePattern(PIECE);
      }
      upstream.endOutput();
      for (; plane.spans.isEmpty(); received += PIECE) {
        client.receivePattern(PIECE);
        DataPlane.pause(Duration.ofMillis(1)); // the end is behind many full buffers
      }
      assertThat(received).isLessThan(length);
      DataPlane.pause(LONGER_THAN_A_CLOSE_WAITS);
      client.receivePattern(length - received);
      assertThat(client.awaitEnd()).isEqualTo(Peer.Ending.FIN);
    }
  }

  @Test
  void responsesWithoutBody_endWithTheirHead() {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer client = plane.connect()) {
      Peer upstream = server.accept();
      client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
      upstream.receiveHead();
      upstream.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
      assertThat(client.receiveHead()).contains("Content-Length: 1000\r\n");
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      upstream.receiveHead();
      upstream.send("HTTP/1.1 304 Not Modified\r\nContent-Length: 1000\r\n\r\n");
      assertThat(client.receiveHead()).startsWith("HTTP/1.1 304 Not Modified\r\n");
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      upstream.receiveHead();
      upstream.send("HTTP/1.1 204 No Content\r\n\r\n");
      assertThat(client.receiveHead()).startsWith("HTTP/1.1 204 No Content\r\n");
      DataPlane.await(() -> plane.spans.size() == 3);
    }
  }

  @Test
  void responseUntilClose_endsWithItsServersConnection() {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer client = plane.connect()) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      Peer upstream = server.accept();
      upstream.receiveHead();
      upstream.send("HTTP/1.1 200 OK\r\n\r\nsome").send(" text").close();
      assertThat(DataPlane.withoutAdded(client.receiveAll()))
          .isEqualTo("HTTP/1.1 200 OK\r\n\r\nsome text");
      Span span = plane.awaitSpan();
      assertThat(DataPlane.tag(span, "response_size")).isEqualTo("9");
      assertThat(DataPlane.tag(span, "response_flags")).isEqualTo("-");
    }
  }

  /// Waits until the sender was stopped for a third of a second.
  private static long awaitStop(AtomicLong sent) {
    long[] seen = {-1, System.nanoTime()};
    DataPlane.await(() -> {
      long now = System.nanoTime();
      if (sent.get() != seen[0]) {
        seen[0] = sent.get();
        seen[1] = now;
      }
      return now - seen[1] > 333_000_000;
    });
    return seen[0];
  }

  private static long bufferMemory() {
    return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric().usedDirectMemory();
  }
}
