package io.sidetrace.sidecar.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http2.Http2Headers;
import io.sidetrace.sidecar.codec.http2.ErrorCode;
import io.sidetrace.sidecar.codec.http2.Frame;
import io.sidetrace.sidecar.config.HttpConnectionManager.ServerHeader;
import io.sidetrace.sidecar.config.Listener;
import io.sidetrace.sidecar.config.TcpProxy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Statuses, fields and flags are those that Envoy 1.40 answered with, but for the bodies.
final class Http2TimeoutTest {
  private static final Duration NONE = Duration.ZERO;

  /// Long enough for what a test does before it, short enough to be awaited.
  private static final Duration SHORT = Duration.ofMillis(500);

  @Test
  void routeTimeout_isAnsweredAndOtherStreamsGoOn() {
    try (TestServer server = new TestServer();
        DataPlane plane = plane(server, SHORT, NONE, NONE);
        Peer connection = plane.connect()) {
      Http2Peer client = Http2Peer.client(connection);
      Http2Peer upstream = Http2Peer.server(server.accept());
      client.request(1, 0).request(3, Frame.END_STREAM);
      upstream.receiveHeaders(1);
      upstream.receiveHeaders(3);

      assertThat(client.receiveHeaders(3).status()).hasToString("504");
      Http2Peer.Received reset = upstream.receive(Frame.RST_STREAM);
      assertThat(reset.streamId()).isEqualTo(3);
      assertThat(reset.word(0)).isEqualTo(ErrorCode.CANCEL.code());
      assertThat(DataPlane.tag(plane.awaitSpan(), "response_flags")).isEqualTo("UT");
      assertThat(plane.count(Counter.REQUESTS_TIMEOUTS)).isOne();

      upstream.headers(1, Frame.END_STREAM, ":status", "200");
      assertThat(client.receiveHeaders(1).status()).hasToString("200");
    }
  }

  @Test
  void routeTimeout_isToldToAGrpcClientInItsOwnFields() {
    try (TestServer server = new TestServer();
        DataPlane plane = plane(server, SHORT, NONE, NONE);
        Peer connection = plane.connect()) {
      Http2Peer client = Http2Peer.client(connection);
      Http2Peer upstream = Http2Peer.server(server.accept());
      client.request(1, Frame.END_STREAM, "content-type", "application/grpc+proto");
      upstream.receiveHeaders(1);

      Http2Headers answer = client.receiveHeaders(1);
      assertThat(answer.status()).hasToString("200");
      assertThat(answer.get("content-type")).hasToString("application/grpc");
      assertThat(answer.get("grpc-status")).hasToString("14");
      assertThat(answer.get("grpc-message")).hasToString("upstream request timeout");
      assertThat(DataPlane.tag(plane.awaitSpan(), "grpc.status_code")).isEqualTo("14");
    }
  }

  @Test
  void routeTimeout_cutsAResponseThatHasBegun() {
    try (TestServer server = new TestServer();
        DataPlane plane = plane(server, SHORT, NONE, NONE);
        Peer connection = plane.connect()) {
      Http2Peer client = Http2Peer.client(connection);
      Http2Peer upstream = Http2Peer.server(server.accept());
      client.request(1, Frame.END_STREAM);
      upstream.receiveHeaders(1);
      upstream.headers(1, 0, ":status", "200").frame(Frame.DATA, 0, 1, "part");

      client.receiveHeaders(1);
      client.receive(Frame.DATA);
      assertThat(client.receive(Frame.RST_STREAM).word(0))
          .isEqualTo(ErrorCode.INTERNAL_ERROR.code());
      assertThat(DataPlane.tag(plane.awaitSpan(), "response_flags")).isEqualTo("UT");
    }
  }

  @Test
  void quietStream_isEndedAndABusyOneIsNot() {
    try (TestServer server = new TestServer();
        DataPlane plane = plane(server, NONE, SHORT, NONE);
        Peer connection = plane.connect()) {
      Http2Peer client = Http2Peer.client(connection);
      Http2Peer upstream = Http2Peer.server(server.accept());
      client.request(1, 0).request(3, 0);
      upstream.receiveHeaders(1);
      upstream.receiveHeaders(3);
      DataPlane.pause(SHORT.dividedBy(2));
      client.frame(Frame.DATA, 0, 3, "x");
      upstream.receive(Frame.DATA);

      assertThat(client.receiveHeaders(1).status()).hasToString("408");
      assertThat(client.receive(Frame.RST_STREAM).streamId()).isEqualTo(1);
      assertThat(DataPlane.tag(plane.awaitSpan(), "response_flags")).isEqualTo("SI");
      assertThat(plane.count(Counter.REQUESTS_ACTIVE)).isOne();
    }
  }

  @Test
  void idleConnection_isToldSoAndClosed() {
    try (TestServer server = new TestServer();
        DataPlane plane = plane(server, NONE, NONE, SHORT);
        Peer connection = plane.connect()) {
      Http2Peer client = Http2Peer.client(connection);
      Http2Peer upstream = Http2Peer.server(server.accept());
      client.request(1, Frame.END_STREAM);
      upstream.receiveHeaders(1);
      DataPlane.pause(SHORT.multipliedBy(2));
      upstream.headers(1, Frame.END_STREAM, ":status", "200");
      assertThat(client.receiveHeaders(1).status()).hasToString("200");

      Http2Peer.Received away = client.receive(Frame.GOAWAY);
      assertThat(away.word(Integer.BYTES)).isEqualTo(ErrorCode.NO_ERROR.code());
      assertThat(connection.awaitEnd()).isEqualTo(Peer.Ending.FIN);
      assertThat(plane.count(Counter.CONNECTIONS_IDLE_TIMEOUTS)).isOne();
    }
  }

  @Test
  void headThatNeverEnds_endsTheConnection() {
    try (TestServer server = new TestServer();
        DataPlane plane = plane(server, NONE, SHORT, NONE);
        Peer connection = plane.connect()) {
      Http2Peer client = Http2Peer.client(connection);
      Http2Peer.server(server.accept());
      client.frame(Frame.HEADERS, 0, 1, "");

      Http2Peer.Received away = client.receive(Frame.GOAWAY);
      assertThat(away.word(Integer.BYTES)).isEqualTo(ErrorCode.ENHANCE_YOUR_CALM.code());
      assertThat(plane.count(Counter.REQUESTS_TIMEOUTS)).isOne();
    }
  }

  private static DataPlane plane(
      TestServer server, Duration route, Duration streamIdle, Duration idle) {
    Listener listener =
        Configurations.listener(
            true,
            Configurations.http(
                List.of(Configurations.route("/", "original", route)),
                ServerHeader.PASS_THROUGH,
                idle,
                streamIdle,
                NONE),
            new TcpProxy("tcp", "original"));
    return DataPlane.transparent(server.address(), listener);
  }
}
