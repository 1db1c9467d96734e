package io.sidetrace.sidecar.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.netty.handler.codec.http2.Http2Headers;
import io.sidetrace.sidecar.codec.http2.Frame;
import io.sidetrace.sidecar.exchange.Http2Peer.Received;
import io.sidetrace.sidecar.trace.Span;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class Http2Test {
  private static final String[] GRPC_REQUEST = {
    "content-type", "application/grpc", "te", "trailers", "grpc-timeout", "1S"
  };

  @Test
  void grpcCall_passesWithTraceHeadersAndMakesASpan() {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer connection = plane.connect()) {
      Http2Peer client = Http2Peer.client(connection);
      Http2Peer upstream = Http2Peer.server(server.accept());

      client.request(1, 0, GRPC_REQUEST).frame(Frame.DATA, Frame.END_STREAM, 1, "question");
      Http2Headers request = upstream.receiveHeaders(1);
      assertThat(request.method()).hasToString("POST");
      assertThat(request.path()).hasToString("/echo.Echo/Unary");
      assertThat(request.authority()).hasToString("shop:50051");
      assertThat(request.get("te")).hasToString("trailers");
      assertThat(request.get("x-b3-traceid")).hasSize(16);
      assertThat(request.get("x-request-id")).hasSize(36);
      assertThat(upstream.receive())
          .isEqualTo(new Received(Frame.DATA, Frame.END_STREAM, 1, "question"));

      upstream
          .headers(1, 0, ":status", "200", "content-type", "application/grpc")
          .frame(Frame.DATA, 0, 1, "the answer")
          .headers(1, Frame.END_STREAM, "grpc-status", "13", "grpc-message", "broken");
      Http2Headers response = client.receiveHeaders(1);
      assertThat(response.status()).hasToString("200");
      assertThat(response.get("x-envoy-upstream-service-time")).isNotNull();
      assertThat(client.receive()).isEqualTo(new Received(Frame.DATA, 0, 1, "the answer"));
      Received trailers = client.receive();
      assertThat(trailers.flags()).isEqualTo(Frame.END_STREAM | Frame.END_HEADERS);
      assertThat(client.decode(trailers).get("grpc-status")).hasToString("13");

      Span span = plane.awaitSpan();
      assertThat(DataPlane.tag(span, "http.protocol")).isEqualTo("HTTP/2");
      assertThat(DataPlane.tag(span, "http.url")).isEqualTo("http://shop:50051/echo.Echo/Unary");
      assertThat(DataPlane.tag(span, "grpc.status_code")).isEqualTo("13");
      assertThat(DataPlane.tag(span, "grpc.message")).isEqualTo("broken");
      assertThat(DataPlane.tag(span, "grpc.timeout")).isEqualTo("1S");
      assertThat(DataPlane.tag(span, "error")).isEqualTo("true");
      assertThat(DataPlane.tag(span, "request_size")).isEqualTo("8");
      assertThat(DataPlane.tag(span, "response_size")).isEqualTo("10");
    }
  }

  @Test
  void streams_haveASpanEachHoweverTheyInterleave() {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer connection = plane.connect()) {
      Http2Peer client = Http2Peer.client(connection);
      Http2Peer upstream = Http2Peer.server(server.accept());
      client.request(1, 0).request(3, Frame.END_STREAM).frame(Frame.DATA, 1, 1, "one");
      upstream.receiveHeaders(1);
      upstream.receiveHeaders(3);
      upstream.receive(Frame.DATA);

      upstream.headers(3, Frame.END_STREAM, ":status", "404").headers(1, 0, ":status", "200");
      upstream.frame(Frame.DATA, Frame.END_STREAM, 1, "x");
      assertThat(client.receiveHeaders(3).status()).hasToString("404");
      assertThat(client.receiveHeaders(1).status()).hasToString("200");

      DataPlane.await(() -> plane.spans.size() == 2);
      assertThat(plane.spans)
          .extracting(
              span -> DataPlane.tag(span, "http.status_code"),
              span -> DataPlane.tag(span, "request_size"))
          .containsExactly(tuple("404", "0"), tuple("200", "3"));
      assertThat(plane.count(Counter.REQUESTS_ACTIVE)).isZero();
    }
  }

  @Test
  void framesThatAreNoHeaders_passAsTheyCame() {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer connection = plane.connect()) {
      Http2Peer client = Http2Peer.client(connection);
      Http2Peer upstream = Http2Peer.server(server.accept());
      client.request(1, 0);
      upstream.receiveHeaders(1);
      List<Received> frames =
          List.of(
              new Received(Frame.PING, 0, 0, "12345678"),
              new Received(Frame.PING, Frame.ACK, 0, "87654321"),
              new Received(Frame.WINDOW_UPDATE, 0, 0, "\0\0\1\0"),
              new Received(Frame.WINDOW_UPDATE, 0, 1, "\0\0\2\0"),
              new Received(Frame.PRIORITY, 0, 1, "\0\0\0\0\7"),
              new Received(0x42, 0xff, 5, "grease"),
              new Received(Frame.DATA, Frame.PADDED, 1, "\3data\0\0\0"),
              new Received(Frame.GOAWAY, 0, 0, "\0\0\0\0\0\0\0\0bye"));
      for (Received frame : frames) {
        client.frame(frame.type(), frame.flags(), frame.streamId(), frame.payload());
        assertThat(upstream.receive()).isEqualTo(frame);
      }
      client.frame(Frame.DATA, Frame.END_STREAM, 1, "");
      upstream.headers(1, Frame.END_STREAM, ":status", "200");
      assertThat(DataPlane.tag(plane.awaitSpan(), "request_size")).isEqualTo("4");
    }
  }

  @Test
  void interimHeads_passUntouched() {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer connection = plane.connect()) {
      Http2Peer client = Http2Peer.client(connection);
      Http2Peer upstream = Http2Peer.server(server.accept());
      client.request(1, Frame.END_STREAM);
      upstream.receiveHeaders(1);
      upstream.headers(1, 0, ":status", "103", "link", "</style.css>");
      upstream.headers(1, Frame.END_STREAM, ":status", "200");

      Http2Headers interim = client.receiveHeaders(1);
      assertThat(interim.status()).hasToString("103");
      assertThat(interim.contains("x-envoy-upstream-service-time")).isFalse();
      assertThat(client.receiveHeaders(1).status()).hasToString("200");
      assertThat(DataPlane.tag(plane.awaitSpan(), "http.status_code")).isEqualTo("200");
    }
  }

  /// Larger than a frame both as it comes and as it goes, with padding and priority.
  @Test
  void largeHead_goesOnInPieces() {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer connection = plane.connect()) {
      Http2Peer client = Http2Peer.client(connection);
      Http2Peer upstream = Http2Peer.server(server.accept());
      upstream.receive(Frame.SETTINGS);
      byte[] block =
          client.block(
              ":method",
              "GET",
              ":scheme",
              "http",
              ":path",
              "/",
              "x-large",
              "\u007f".repeat(40_000));
      String text = new String(block, StandardCharsets.ISO_8859_1);
      int flags = Frame.PADDED | Frame.WITH_PRIORITY | Frame.END_STREAM;
      client.frame(Frame.HEADERS, flags, 1, "\2\0\0\0\0\7" + text.substring(0, 9) + "\0\0");
      client.frame(Frame.CONTINUATION, 0, 1, text.substring(9, 16_000));
      client.frame(Frame.CONTINUATION, 0, 1, text.substring(16_000, 32_000));
      client.frame(Frame.CONTINUATION, Frame.END_HEADERS, 1, text.substring(32_000));

      Received first = upstream.receive(Frame.HEADERS);
      assertThat(first.flags()).isEqualTo(Frame.END_STREAM | Frame.WITH_PRIORITY);
      assertThat(first.payload()).hasSize(16_384).startsWith("\0\0\0\0\7");
      Received second = upstream.receive();
      Received third = upstream.receive();
      assertThat(second.flags()).isZero();
      assertThat(third.flags()).isEqualTo(Frame.END_HEADERS);
      String whole = first.payload().substring(5) + second.payload() + third.payload();
      assertThat(upstream.decode(new Received(Frame.HEADERS, 0, 1, whole)).get("x-large"))
          .hasSize(40_000);
    }
  }

  @Test
  void settings_areCappedOnTheirWay() {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer connection = plane.connect()) {
      connection.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
      Http2Peer client = new Http2Peer(connection);
      client.frame(Frame.SETTINGS, 0, 0, "\0\1\0\1\0\0" + "\0\2\0\0\0\1" + "\0\4\0\0\1\0");
      Http2Peer upstream = Http2Peer.server(server.accept());

      assertThat(upstream.receive().payload())
          .isEqualTo("\0\1\0\0\20\0" + "\0\2\0\0\0\0" + "\0\4\0\0\1\0");
      assertThat(client.receive().payload()).isEqualTo("\0\3\0\0\4\0");
      client.frame(Frame.SETTINGS, Frame.ACK, 0, "");
      assertThat(upstream.receive()).isEqualTo(new Received(Frame.SETTINGS, Frame.ACK, 0, ""));
    }
  }

  /// The upstream's decoder keeps no table; ours and the client's encoder do.
  @Test
  void smallerTable_isHeededOnceAcknowledged() {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer connection = plane.connect()) {
      Http2Peer client = Http2Peer.client(connection);
      Peer accepted = server.accept();
      Http2Peer upstream = Http2Peer.server(accepted);
      upstream.frame(Frame.SETTINGS, 0, 0, "\0\1\0\0\0\0");
      client.receive();
      assertThat(client.receive().payload()).isEqualTo("\0\1\0\0\0\0");
      client.frame(Frame.SETTINGS, Frame.ACK, 0, "").frame(Frame.SETTINGS, Frame.ACK, 0, "");
      upstream.noTable();
      client.noTableOfEncoder();
      for (int id = 1; id < 9; id += 2) {
        client.request(id, Frame.END_STREAM, "x-indexed", "again");
        assertThat(upstream.receiveHeaders(id).get("x-indexed")).hasToString("again");
      }
    }
  }

  @Test
  void serverThatGreetsFirst_isTakenForHttp2() {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer connection = plane.connect()) {
      Peer accepted = server.accept();
      Http2Peer upstream = new Http2Peer(accepted);
      upstream.frame(Frame.SETTINGS, 0, 0, "\0\4\0\0\1\0");
      Http2Peer client = Http2Peer.client(connection);
      assertThat(client.receive().payload()).startsWith("\0\4\0\0\1\0");
      client.request(1, Frame.END_STREAM);
      accepted.receive(24);
      assertThat(upstream.receiveHeaders(1).get("x-b3-traceid")).isNotNull();
    }
  }
}
