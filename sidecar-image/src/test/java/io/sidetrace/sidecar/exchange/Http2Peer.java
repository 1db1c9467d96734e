package io.sidetrace.sidecar.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.sidetrace.sidecar.codec.http2.Frame;
import java.nio.charset.StandardCharsets;

/// One end of an HTTP/2 connection, frame by frame; its header compression is Netty's.
final class Http2Peer {
  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
  private static final int STREAM = 1;
  private static final long LIST_BYTES = 1 << 20;

  private final Peer peer;
  private final DefaultHttp2HeadersEncoder encoder = new DefaultHttp2HeadersEncoder();
  private final DefaultHttp2HeadersDecoder decoder =
      new DefaultHttp2HeadersDecoder(false, LIST_BYTES);

  Http2Peer(Peer peer) {
    this.peer = peer;
  }

  /// What came: a frame with its payload as Latin-1.
  record Received(int type, int flags, int streamId, String payload) {
    int word(int at) {
      return Unpooled.wrappedBuffer(payload.getBytes(StandardCharsets.ISO_8859_1)).getInt(at);
    }
  }

  /// Preface and SETTINGS of a client.
  static Http2Peer client(Peer peer) {
    peer.send(PREFACE);
    return new Http2Peer(peer).frame(Frame.SETTINGS, 0, 0, "");
  }

  /// A client that says everything at once, its first request too.
  static Http2Peer requesting(Peer peer, String... more) {
    Http2Peer client = new Http2Peer(peer);
    byte[] block = client.block(requestFields(more));
    byte[] settings = frameBytes(Frame.SETTINGS, 0, 0, new byte[0]);
    byte[] head = frameBytes(Frame.HEADERS, Frame.END_STREAM | Frame.END_HEADERS, 1, block);
    return client.send(
        bytes(
            Unpooled.wrappedBuffer(PREFACE.getBytes(StandardCharsets.ISO_8859_1), settings, head)));
  }

  /// Takes the preface and says SETTINGS of its own.
  static Http2Peer server(Peer peer) {
    assertThat(peer.receive(PREFACE.length())).isEqualTo(PREFACE);
    return new Http2Peer(peer).frame(Frame.SETTINGS, 0, 0, "");
  }

  Http2Peer frame(int type, int flags, int streamId, String payload) {
    return send(frameBytes(type, flags, streamId, payload.getBytes(StandardCharsets.ISO_8859_1)));
  }

  Http2Peer send(byte[] bytes) {
    peer.send(bytes);
    return this;
  }

  static byte[] frameBytes(int type, int flags, int streamId, byte[] payload) {
    ByteBuf out = Unpooled.buffer();
    out.writeMedium(payload.length).writeByte(type).writeByte(flags).writeInt(streamId);
    out.writeBytes(payload);
    return bytes(out);
  }

  private static byte[] bytes(ByteBuf buffer) {
    byte[] bytes = new byte[buffer.readableBytes()];
    buffer.readBytes(bytes);
    return bytes;
  }

  /// A header block of the fields.
  byte[] block(String... namesAndValues) {
    Http2Headers headers = new DefaultHttp2Headers(false);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      headers.add(namesAndValues[i], namesAndValues[i + 1]);
    }
    try {
      ByteBuf out = Unpooled.buffer();
      encoder.encodeHeaders(STREAM, headers, out);
      return bytes(out);
    } catch (Http2Exception e) {
      throw new AssertionError(e);
    }
  }

  Http2Peer headers(int streamId, int flags, String... namesAndValues) {
    byte[] block = block(namesAndValues);
    return send(frameBytes(Frame.HEADERS, flags | Frame.END_HEADERS, streamId, block));
  }

  /// A request without a body, or the head of one with a body.
  Http2Peer request(int streamId, int flags, String... more) {
    return headers(streamId, flags, requestFields(more));
  }

  private static String[] requestFields(String... more) {
    String[] all = new String[8 + more.length];
    String[] head = {
      ":method", "POST", ":scheme", "http", ":path", "/echo.Echo/Unary", ":authority", "shop:50051"
    };
    System.arraycopy(head, 0, all, 0, 8);
    System.arraycopy(more, 0, all, 8, more.length);
    return all;
  }

  /// Decodes without a table from now on, as SETTINGS said.
  void noTable() {
    try {
      decoder.configuration().maxHeaderTableSize(0);
    } catch (Http2Exception e) {
      throw new AssertionError(e);
    }
  }

  /// Encodes without a table from now on, as SETTINGS demanded.
  void noTableOfEncoder() {
    try {
      encoder.configuration().maxHeaderTableSize(0);
    } catch (Http2Exception e) {
      throw new AssertionError(e);
    }
  }

  Received receive() {
    ByteBuf header =
        Unpooled.wrappedBuffer(
            peer.receive(Frame.HEADER_BYTES).getBytes(StandardCharsets.ISO_8859_1));
    int length = header.readUnsignedMedium();
    int type = header.readUnsignedByte();
    int flags = header.readUnsignedByte();
    return new Received(type, flags, header.readInt(), peer.receive(length));
  }

  /// The next frame of that type; those before it that are of the connection are passed over.
  Received receive(int type) {
    Received next = receive();
    while (next.type() != type && (next.type() == Frame.SETTINGS || next.streamId() == 0)) {
      next = receive();
    }
    assertThat(next.type()).as("type of %s", next).isEqualTo(type);
    return next;
  }

  /// The fields of the next header block, which is whole.
  Http2Headers receiveHeaders(int streamId) {
    Received received = receive(Frame.HEADERS);
    assertThat(received.streamId()).isEqualTo(streamId);
    return decode(received);
  }

  Http2Headers decode(Received received) {
    try {
      byte[] block = received.payload().getBytes(StandardCharsets.ISO_8859_1);
      return decoder.decodeHeaders(STREAM, Unpooled.wrappedBuffer(block));
    } catch (Http2Exception e) {
      throw new AssertionError(e);
    }
  }
}
