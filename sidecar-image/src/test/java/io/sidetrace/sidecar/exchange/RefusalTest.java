package io.sidetrace.sidecar.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests and responses that two parsers could read in two ways.
final class RefusalTest {
  private static final String BEHIND = "GET /behind HTTP/1.1\r\nHost: a\r\n\r\n";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nX: 1\r\n folded\r\n\r\n",
        "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\nX: 1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nX: a\u0000b\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +3\r\n\r\nabc",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
      })
  void requestThatIsMalformed_isRefusedAndNothingOfItOrBehindItIsForwarded(String request) {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer client = plane.connect()) {
      client.send(request + BEHIND);
      assertThat(client.receiveAll())
          .startsWith(
              request.contains("identity")
                  ? "HTTP/1.1 501 Not Implemented\r\n"
                  : "HTTP/1.1 400 Bad Request\r\n")
          .contains("\r\nconnection: close\r\n");
      assertThat(server.accept().receiveAll()).isEmpty();
      assertThat(plane.count(Counter.REQUESTS_MALFORMED)).isOne();
      assertThat(plane.count(Counter.REQUESTS)).isZero();
    }
  }

  @Test
  void headAboveTheLimit_isRefused() {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer client = plane.connect()) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(256 * 1024) + "\r\n\r\n");
      assertThat(client.receiveAll())
          .startsWith("HTTP/1.1 431 Request Header Fields Too Large\r\n")
          .endsWith("\r\n\r\nRequest Header Fields Too Large");
      assertThat(server.accept().receiveAll()).isEmpty();
    }
  }

  @Test
  void refusal_comesBehindTheAnswersToWhatWasThereBefore() {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer client = plane.connect()) {
      client.send("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nNONSENSE\r\n\r\n");
      Peer upstream = server.accept();
      upstream.receiveHead();
      upstream.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
      assertThat(client.receiveAll()).contains("\r\n\r\nokHTTP/1.1 400 Bad Request\r\n");
      assertThat(plane.spans).hasSize(1);
    }
  }

  @Test
  void chunkThatIsMalformed_endsTheRequestOnBothSides() {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer client = plane.connect()) {
      client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
      Peer upstream = server.accept();
      upstream.receiveUntil("abc\r\n");
      client.send("zz\r\n");
      assertThat(client.receiveAll()).startsWith("HTTP/1.1 400 Bad Request\r\n");
      assertThat(upstream.awaitReset()).isTrue();
      assertThat(DataPlane.tag(plane.awaitSpan(), "response_flags")).isEqualTo("DPE");
    }
  }

  @Test
  void chunkThatIsMalformedBeforeTheUpstreamStands_isAnsweredToo() {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer client = plane.connect()) {
      client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n");
      assertThat(client.receiveAll()).startsWith("HTTP/1.1 400 Bad Request\r\n");
      assertThat(DataPlane.tag(plane.awaitSpan(), "response_flags")).isEqualTo("DPE");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NONSENSE\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX : 1\r\n\r\nbody",
        "HTTP/1.1 200 OK\nContent-Length: 0\n\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
      })
  void responseThatIsMalformed_isRelayedUntilItsEndAndMarked(String response) {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer client = plane.connect()) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      Peer upstream = server.accept();
      upstream.receiveHead();
      upstream.send(response).send("and more").close();
      assertThat(client.receiveAll()).isEqualTo(response + "and more");
      client.close();
      assertThat(DataPlane.tag(plane.awaitSpan(), "response_flags")).isEqualTo("UPE");
      assertThat(plane.count(Counter.RESPONSES_MALFORMED)).isOne();
    }
  }

  @Test
  void responseOfAGatewaysServerThatIsMalformed_endsTheClientsConnection() {
    try (TestServer server = new TestServer();
        DataPlane plane =
            DataPlane.gateway(
                List.of(Configurations.cluster("one", server.address())),
                List.of(Configurations.route("/", "one")));
        Peer client = plane.connect()) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      Peer upstream = server.accept();
      upstream.receiveHead();
      upstream.send("NONSENSE\r\n\r\nmore").close();
      assertThat(client.receiveAll()).isEqualTo("NONSENSE\r\n\r\nmore");
      assertThat(DataPlane.tag(plane.awaitSpan(), "response_flags")).isEqualTo("UPE");
    }
  }
}
