package io.sidetrace.sidecar.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Heads up to the limit pass the whole data plane as they came; beyond it they are refused,
/// however little is beyond.
final class LargeHeadTest {
  private static final int LIMIT = 256 * 1024;
  private static final String START = "GET / HTTP/1.1\r\nHost: a\r\n";

  static Stream<Arguments> heads() {
    return Stream.of(
        argumentSet("a field of 64 KiB", START + "X: " + "x".repeat(65_536) + "\r\n\r\n"),
        argumentSet("1,000 fields", START + "X-Name: value\r\n".repeat(1_000) + "\r\n"),
        argumentSet(
            "1,000 names with one hash", START + "AaAaBB: 1\r\nBBAaAa: 2\r\n".repeat(500) + "\r\n"),
        argumentSet(
            "a target of 64 KiB", "GET /" + "a".repeat(65_536) + " HTTP/1.1\r\nHost: a\r\n\r\n"),
        argumentSet("exactly the limit", filled(LIMIT)));
  }

  @ParameterizedTest
  @MethodSource("heads")
  void largeHead_passesAsItCame(String head) {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer client = plane.connect()) {
      client.send(head);
      Peer upstream = server.accept();
      assertThat(DataPlane.withoutAdded(upstream.receiveHead())).isEqualTo(head);
      upstream.send("HTTP/1.1 204 No Content\r\n\r\n");
      assertThat(client.receiveHead()).startsWith("HTTP/1.1 204 ");
    }
  }

  @ParameterizedTest
  @MethodSource("tooLarge")
  void headBeyondTheLimit_isRefusedWith431(String head) {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer client = plane.connect()) {
      client.send(head);
      assertThat(client.receiveAll()).startsWith("HTTP/1.1 431 ");
      assertThat(server.accept().receiveAll()).isEmpty();
    }
  }

  static Stream<Arguments> tooLarge() {
    return Stream.of(
        argumentSet("by one byte", filled(LIMIT + 1)),
        argumentSet("by many fields", START + "X-Name: value\r\n".repeat(20_000) + "\r\n"));
  }

  private static String filled(int length) {
    String end = "\r\n\r\n";
    return START
        + "X: "
        + "x".repeat(length - START.length() - "X: ".length() - end.length())
        + end;
  }
}
