package io.sidetrace.sidecar.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TransparentTest {
  @Test
  void pipelinedRequests_goStraightOnAndComeBackInOrder() {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer client = plane.connect()) {
      client.send(
          "GET /1 HTTP/1.1\r\nhOsT: a\r\n\r\n"
              + "POST /2 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
              + "5;x=y\r\nhello\r\n0\r\nTrailer: t\r\n\r\n"
              + "GET /3 HTTP/1.1\r\nHost: a\r\n\r\n");
      Peer upstream = server.accept();
      assertThat(DataPlane.withoutAdded(upstream.receiveHead()))
          .isEqualTo("GET /1 HTTP/1.1\r\nhOsT: a\r\n\r\n");
      assertThat(DataPlane.withoutAdded(upstream.receiveHead()))
          .isEqualTo("POST /2 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
      assertThat(upstream.receiveHead()).isEqualTo("5;x=y\r\nhello\r\n0\r\nTrailer: t\r\n\r\n");
      assertThat(DataPlane.withoutAdded(upstream.receiveHead()))
          .isEqualTo("GET /3 HTTP/1.1\r\nHost: a\r\n\r\n");
      upstream.send(
          "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1"
              + "HTTP/1.1 204 No Content\r\n\r\n"
              + "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n3\r\n0\r\n\r\n");
      assertThat(DataPlane.withoutAdded(client.receiveUntil("\r\n\r\n1")))
          .isEqualTo("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1");
      assertThat(DataPlane.withoutAdded(client.receiveHead()))
          .isEqualTo("HTTP/1.1 204 No Content\r\n\r\n");
      assertThat(DataPlane.withoutAdded(client.receiveHead()))
          .isEqualTo("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
      assertThat(client.receiveHead()).isEqualTo("1\r\n3\r\n0\r\n\r\n");
      DataPlane.await(() -> plane.spans.size() == 3);
    }
  }

  @Test
  void serverThatSpeaksFirst_isHeardAtOnce() {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer client = plane.connect()) {
      Peer upstream = server.accept();
      upstream.send("220 hello\r\n");
      assertThat(client.receive(11)).isEqualTo("220 hello\r\n");
      client.send("EHLO me\r\n");
      assertThat(upstream.receive(9)).isEqualTo("EHLO me\r\n");
      upstream.close();
      assertThat(client.awaitEnd()).isEqualTo(Peer.Ending.FIN);
      assertThat(plane.spans).isEmpty();
    }
  }
}
