package io.sidetrace.sidecar.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.sidetrace.sidecar.codec.http2.ErrorCode;
import io.sidetrace.sidecar.codec.http2.Frame;
import io.sidetrace.sidecar.exchange.Http2Peer.Received;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What ends a client's connection, and what its application sees of that: an end.
final class Http2LimitsTest {
  @ParameterizedTest
  @MethodSource
  void violation_endsTheConnectionWithItsCode(byte[] frames, ErrorCode code, Counter counter) {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer connection = plane.connect()) {
      Http2Peer client = Http2Peer.client(connection);
      Peer accepted = server.accept();
      Http2Peer.server(accepted);
      client.receive(Frame.SETTINGS);
      try {
        client.send(frames);
      } catch (UncheckedIOException e) {
        // closed before all was said
      }
      Received end = client.receive();
      while (end.type() != Frame.GOAWAY) {
        end = client.receive();
      }
      assertThat(end.word(4)).as(end.payload()).isEqualTo(code.code());
      assertThat(plane.count(counter)).isEqualTo(1);
      accepted.receiveAll();
      assertThat(plane.count(Counter.REQUESTS_ACTIVE)).isZero();
    }
  }

  static Stream<Arguments> violation_endsTheConnectionWithItsCode() {
    byte[] request = new Http2Peer(null).block(":method", "GET", ":scheme", "http", ":path", "/");
    return Stream.of(
        argumentSet(
            "a frame too large",
            frames(1, Frame.DATA, 0, 1, new byte[16_385]),
            ErrorCode.FRAME_SIZE_ERROR,
            Counter.HTTP2_PROTOCOL_ERRORS),
        argumentSet(
            "data on a stream that never was",
            frames(1, Frame.DATA, 0, 1, new byte[1]),
            ErrorCode.PROTOCOL_ERROR,
            Counter.HTTP2_PROTOCOL_ERRORS),
        argumentSet(
            "an even stream",
            frames(1, Frame.HEADERS, Frame.END_HEADERS, 2, request),
            ErrorCode.PROTOCOL_ERROR,
            Counter.HTTP2_PROTOCOL_ERRORS),
        argumentSet(
            "a block interrupted",
            join(frames(1, Frame.HEADERS, 0, 1, request), frames(1, Frame.PING, 0, 0, new byte[8])),
            ErrorCode.PROTOCOL_ERROR,
            Counter.HTTP2_PROTOCOL_ERRORS),
        argumentSet(
            "a continuation of nothing",
            frames(1, Frame.CONTINUATION, 0, 1, new byte[1]),
            ErrorCode.PROTOCOL_ERROR,
            Counter.HTTP2_PROTOCOL_ERRORS),
        argumentSet(
            "padding longer than its frame",
            join(
                frames(1, Frame.HEADERS, Frame.END_HEADERS, 1, request),
                frames(1, Frame.DATA, Frame.PADDED, 1, new byte[] {9, 0})),
            ErrorCode.PROTOCOL_ERROR,
            Counter.HTTP2_PROTOCOL_ERRORS),
        argumentSet(
            "a client that pushes",
            frames(1, Frame.PUSH_PROMISE, 0, 1, new byte[4]),
            ErrorCode.PROTOCOL_ERROR,
            Counter.HTTP2_PROTOCOL_ERRORS),
        argumentSet(
            "an index of nothing",
            frames(1, Frame.HEADERS, Frame.END_HEADERS, 1, new byte[] {(byte) 0x80}),
            ErrorCode.COMPRESSION_ERROR,
            Counter.HTTP2_PROTOCOL_ERRORS),
        argumentSet(
            "continuations of nothing more",
            join(
                frames(1, Frame.HEADERS, 0, 1, request),
                frames(30, Frame.CONTINUATION, 0, 1, new byte[0])),
            ErrorCode.ENHANCE_YOUR_CALM,
            Counter.HTTP2_HEADERS_TOO_LARGE),
        argumentSet(
            "a block too large",
            join(
                frames(1, Frame.HEADERS, 0, 1, request),
                frames(17, Frame.CONTINUATION, 0, 1, new byte[16_384])),
            ErrorCode.ENHANCE_YOUR_CALM,
            Counter.HTTP2_HEADERS_TOO_LARGE),
        argumentSet(
            "pings",
            frames(12_000, Frame.PING, 0, 0, new byte[8]),
            ErrorCode.ENHANCE_YOUR_CALM,
            Counter.HTTP2_CONTROL_FLOODS),
        argumentSet(
            "settings",
            frames(12_000, Frame.SETTINGS, 0, 0, new byte[0]),
            ErrorCode.SETTINGS_TIMEOUT,
            Counter.HTTP2_CONTROL_FLOODS),
        argumentSet(
            "empty data",
            join(
                frames(1, Frame.HEADERS, Frame.END_HEADERS, 1, request),
                frames(12_000, Frame.DATA, 0, 1, new byte[0])),
            ErrorCode.ENHANCE_YOUR_CALM,
            Counter.HTTP2_CONTROL_FLOODS),
        argumentSet(
            "windows of the connection",
            frames(12_000, Frame.WINDOW_UPDATE, 0, 0, new byte[] {0, 0, 0, 1}),
            ErrorCode.ENHANCE_YOUR_CALM,
            Counter.HTTP2_CONTROL_FLOODS),
        argumentSet(
            "priorities",
            frames(12_000, Frame.PRIORITY, 0, 1, new byte[5]),
            ErrorCode.ENHANCE_YOUR_CALM,
            Counter.HTTP2_CONTROL_FLOODS),
        argumentSet(
            "rapid resets",
            streams(request, Frame.RST_STREAM, new byte[4]),
            ErrorCode.ENHANCE_YOUR_CALM,
            Counter.HTTP2_RESET_FLOODS),
        argumentSet(
            "resets of ours, for data behind the end",
            streams(request, Frame.DATA, new byte[4]),
            ErrorCode.ENHANCE_YOUR_CALM,
            Counter.HTTP2_RESET_FLOODS),
        argumentSet(
            "resets of ours, for a second head",
            streams(request, Frame.HEADERS, request),
            ErrorCode.ENHANCE_YOUR_CALM,
            Counter.HTTP2_RESET_FLOODS),
        argumentSet(
            "data on a stream that is over",
            join(
                frames(1, Frame.HEADERS, Frame.END_HEADERS, 1, request),
                frames(1, Frame.RST_STREAM, 0, 1, new byte[4]),
                frames(12_000, Frame.DATA, 0, 1, new byte[1])),
            ErrorCode.ENHANCE_YOUR_CALM,
            Counter.HTTP2_CONTROL_FLOODS));
  }

  /// Whole requests, each with a frame behind it.
  private static byte[] streams(byte[] request, int type, byte[] payload) {
    int whole = Frame.END_HEADERS | Frame.END_STREAM;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int id = 1; id < 3000; id += 2) {
      out.writeBytes(Http2Peer.frameBytes(Frame.HEADERS, whole, id, request));
      int flags = type == Frame.HEADERS ? Frame.END_HEADERS : 0;
      out.writeBytes(Http2Peer.frameBytes(type, flags, id, payload));
    }
    return out.toByteArray();
  }

  private static byte[] frames(int count, int type, int flags, int streamId, byte[] payload) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < count; i++) {
      out.writeBytes(Http2Peer.frameBytes(type, flags, streamId, payload));
    }
    return out.toByteArray();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  @Test
  void firstFrameThatIsNoSettings_isAnsweredByGoAway() {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer connection = plane.connect()) {
      connection.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nGET / HTTP/1.1\r\n\r\n");
      Http2Peer client = new Http2Peer(connection);
      assertThat(client.receive()).isEqualTo(new Received(Frame.SETTINGS, 0, 0, ""));
      assertThat(client.receive().type()).isEqualTo(Frame.GOAWAY);
      assertThat(connection.awaitEnd()).isEqualTo(Peer.Ending.FIN);
      assertThat(plane.count(Counter.HTTP2_PROTOCOL_ERRORS)).isEqualTo(1);
    }
  }

  @Test
  void streamsBeyondTheLimit_areRefused() {
    try (TestServer server = new TestServer();
        DataPlane plane = DataPlane.transparent(server.address());
        Peer connection = plane.connect()) {
      Http2Peer client = Http2Peer.client(connection);
      Http2Peer upstream = Http2Peer.server(server.accept());
      client.receive(Frame.SETTINGS);
      for (int i = 0; i < Http2Streams.MAX_OPEN; i++) {
        client.request(1 + 2 * i, 0);
        upstream.receiveHeaders(1 + 2 * i);
      }
      client.request(2 * Http2Streams.MAX_OPEN + 1, 0);
      assertThat(client.receive().word(0)).isEqualTo(ErrorCode.REFUSED_STREAM.code());
      assertThat(plane.count(Counter.HTTP2_STREAMS_REFUSED)).isEqualTo(1);
    }
  }

  @Test
  void gateway_asksForHttp1() {
    try (DataPlane plane = DataPlane.gateway(List.of(), List.of());
        Peer connection = plane.connect()) {
      Http2Peer client = Http2Peer.client(connection);
      assertThat(client.receive().type()).isEqualTo(Frame.SETTINGS);
      assertThat(client.receive().word(4)).isEqualTo(ErrorCode.HTTP_1_1_REQUIRED.code());
      assertThat(connection.awaitEnd()).isEqualTo(Peer.Ending.FIN);
      assertThat(plane.count(Counter.HTTP2_GATEWAY_REFUSED)).isEqualTo(1);
    }
  }
}
