package io.sidetrace.sidecar.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.sidecar.codec.http2.ErrorCode;
import io.sidetrace.sidecar.codec.http2.Frame;
import io.sidetrace.sidecar.exchange.Http2Peer.Received;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// How streams and connections end, each on a fresh connection through the data plane.
final class Http2EndingsTest {
  private final TestServer server = new TestServer();
  private final DataPlane plane = DataPlane.transparent(server.address());
  private final Peer connection = plane.connect();
  private final Http2Peer client = Http2Peer.client(connection);
  private final Peer accepted = server.accept();
  private final Http2Peer upstream = Http2Peer.server(accepted);

  @AfterEach
  void close() {
    connection.close();
    accepted.close();
    plane.close();
    server.close();
  }

  private void begin(int id) {
    client.request(id, 0);
    upstream.receiveHeaders(id);
  }

  @Test
  void resetByTheClient_goesOnAndEndsTheSpan() {
    begin(1);
    client.frame(Frame.RST_STREAM, 0, 1, "\0\0\0\10");
    assertThat(upstream.receive()).isEqualTo(new Received(Frame.RST_STREAM, 0, 1, "\0\0\0\10"));
    assertThat(DataPlane.tag(plane.awaitSpan(), "response_flags")).isEqualTo("DR");

    upstream.headers(1, 0, ":status", "200").frame(Frame.DATA, 0, 1, "late");
    Received window = upstream.receive();
    assertThat(window).isEqualTo(new Received(Frame.WINDOW_UPDATE, 0, 0, "\0\0\0\4"));
    begin(3);
    upstream.headers(3, 0, ":status", "200");
    client.receiveHeaders(3);
  }

  @Test
  void resetByTheUpstream_goesOnAndEndsTheSpan() {
    begin(1);
    upstream.frame(Frame.RST_STREAM, 0, 1, "\0\0\0\7");
    assertThat(client.receive(Frame.RST_STREAM).payload()).isEqualTo("\0\0\0\7");
    assertThat(DataPlane.tag(plane.awaitSpan(), "response_flags")).isEqualTo("UR");

    client.frame(Frame.DATA, 0, 1, "late");
    assertThat(client.receive().word(0)).isEqualTo(ErrorCode.STREAM_CLOSED.code());
    assertThat(client.receive()).isEqualTo(new Received(Frame.WINDOW_UPDATE, 0, 0, "\0\0\0\4"));
  }

  @Test
  void resetOfAStreamThatNeverWas_goesOn() {
    begin(1);
    client.receive(Frame.SETTINGS);
    client.frame(Frame.PRIORITY, 0, 7, "\0\0\0\u0007\u0001");
    assertThat(upstream.receive().type()).isEqualTo(Frame.PRIORITY);
    upstream.frame(Frame.RST_STREAM, 0, 7, "\0\0\0\u0001");
    assertThat(client.receive()).isEqualTo(new Received(Frame.RST_STREAM, 0, 7, "\0\0\0\u0001"));
  }

  @Test
  void upstreamThatCloses_closesTheClient() {
    begin(1);
    accepted.close();
    assertThat(DataPlane.tag(plane.awaitSpan(), "response_flags")).isEqualTo("UC");
    client.receive(Frame.SETTINGS);
    assertThat(connection.awaitEnd()).isEqualTo(Peer.Ending.FIN);
  }

  @Test
  void clientThatResets_endsItsStreams() {
    begin(1);
    begin(3);
    connection.reset();
    DataPlane.await(() -> plane.spans.size() == 2);
    assertThat(plane.spans).allMatch(span -> DataPlane.tag(span, "response_flags").equals("DC"));
    assertThat(plane.count(Counter.REQUESTS_ACTIVE)).isZero();
  }

  @Test
  void leave_isSaidAtOnceAndEveryRequestIsServed() {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer connection = plane.connect()) {
      Http2Peer client = Http2Peer.client(connection);
      Http2Peer upstream = Http2Peer.server(server.accept());
      client.request(1, Frame.END_STREAM);
      upstream.receiveHeaders(1);
      client.receive(Frame.SETTINGS);

      plane.leave();
      assertThat(client.receive(Frame.GOAWAY).word(0)).isEqualTo(Integer.MAX_VALUE);
      client.request(3, Frame.END_STREAM); // it was on its way
      upstream.receiveHeaders(3);
      upstream.headers(1, 1, ":status", "200").headers(3, 1, ":status", "201");
      assertThat(client.receiveHeaders(1).status()).hasToString("200");
      assertThat(client.receiveHeaders(3).status()).hasToString("201");
      assertThat(connection.isSilent()).as("still open").isTrue();
    }
  }

  @Test
  void drain_letsStreamsInFlightFinishAndRefusesNewOnes() throws InterruptedException {
    begin(1);
    client.receive(Frame.SETTINGS);
    plane.acceptor.drain(Duration.ZERO);
    assertThat(client.receive().word(0)).as("first a warning").isEqualTo(Integer.MAX_VALUE);
    Received goAway = client.receive();
    assertThat(goAway.type()).isEqualTo(Frame.GOAWAY);
    assertThat(goAway.word(0)).isEqualTo(1);
    assertThat(goAway.word(4)).isEqualTo(ErrorCode.NO_ERROR.code());

    client.request(3, Frame.END_STREAM);
    assertThat(client.receive().word(0)).isEqualTo(ErrorCode.REFUSED_STREAM.code());
    client.frame(Frame.DATA, Frame.END_STREAM, 1, "x");
    upstream.headers(1, Frame.END_STREAM, ":status", "200");
    client.receiveHeaders(1);
    assertThat(connection.awaitEnd()).isEqualTo(Peer.Ending.FIN);
    assertThat(plane.count(Counter.HTTP2_STREAMS_REFUSED)).isEqualTo(1);
  }

  @Test
  void malformedRequest_endsItsStreamAndNoOther() {
    begin(1);
    client.receive(Frame.SETTINGS);
    client.headers(3, 0, ":method", "POST", ":scheme", "http", ":path", "/", "X-Upper", "1");
    Received reset = client.receive();
    assertThat(reset.streamId()).isEqualTo(3);
    assertThat(reset.word(0)).isEqualTo(ErrorCode.PROTOCOL_ERROR.code());
    client.frame(Frame.DATA, 0, 3, "smuggled").frame(Frame.DATA, 0, 1, "more");
    assertThat(upstream.receive()).isEqualTo(new Received(Frame.DATA, 0, 1, "more"));
    assertThat(plane.count(Counter.REQUESTS_MALFORMED)).isEqualTo(1);
  }

  @Test
  void malformedTrailers_endTheStreamTowardsBoth() {
    begin(1);
    client.receive(Frame.SETTINGS);
    client.headers(1, Frame.END_STREAM, ":path", "/again");
    assertThat(client.receive().word(0)).isEqualTo(ErrorCode.PROTOCOL_ERROR.code());
    assertThat(upstream.receive()).isEqualTo(new Received(Frame.RST_STREAM, 0, 1, "\0\0\0\1"));
    assertThat(DataPlane.tag(plane.awaitSpan(), "response_flags")).isEqualTo("DPE");
  }

  @Test
  void malformedResponse_isRelayedAndMarked() {
    begin(1);
    upstream.headers(1, 0, "server", "without a status").frame(Frame.DATA, 1, 1, "x");
    client.frame(Frame.DATA, 1, 1, "");
    assertThat(client.receiveHeaders(1).get("server")).hasToString("without a status");
    assertThat(DataPlane.tag(plane.awaitSpan(), "response_flags")).isEqualTo("UPE");
    assertThat(plane.count(Counter.RESPONSES_MALFORMED)).isEqualTo(1);
  }

  @Test
  void upstreamThatPushes_endsBothConnections() {
    begin(1);
    client.receive(Frame.SETTINGS);
    upstream.frame(Frame.PUSH_PROMISE, Frame.END_HEADERS, 1, "\0\0\0\2");
    assertThat(upstream.receive(Frame.GOAWAY).word(4)).isEqualTo(ErrorCode.PROTOCOL_ERROR.code());
    assertThat(client.receive(Frame.GOAWAY).word(4)).isEqualTo(ErrorCode.INTERNAL_ERROR.code());
    assertThat(DataPlane.tag(plane.awaitSpan(), "response_flags")).isEqualTo("UPE");
  }

  @Test
  void requestThatGoesNowhere_isAnswered() {
    plane.configure(
        List.of(Configurations.originalDestination()),
        Configurations.transparent(List.of(Configurations.route("/only", "original"))));
    client.receive(Frame.SETTINGS);
    plane.awaitTasks();
    client.request(1, 0);
    assertThat(client.receiveHeaders(1).status()).hasToString("404");
    assertThat(client.receive()).isEqualTo(new Received(Frame.RST_STREAM, 0, 1, "\0\0\0\0"));
    assertThat(DataPlane.tag(plane.awaitSpan(), "response_flags")).isEqualTo("NR");
  }
}
