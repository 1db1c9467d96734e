package io.sidetrace.sidecar.export.grpc;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandler;
import io.sidetrace.sidecar.codec.http2.ErrorCode;
import io.sidetrace.sidecar.codec.http2.Frame;
import io.sidetrace.sidecar.codec.http2.HpackEncoder;
import io.sidetrace.sidecar.codec.http2.Setting;
import java.nio.charset.StandardCharsets;

/// Writes a client's frames; whoever writes the last of several flushes. Event-loop confined.
final class FrameOutput {
  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  /// A head without credentials fits.
  private static final int FIRST_HEAD_BYTES = 256;

  private final ChannelHandlerContext context;
  private final String scheme;
  private final HpackEncoder encoder = new HpackEncoder();

  FrameOutput(ChannelHandlerContext context) {
    this.context = context;
    this.scheme = context.pipeline().get(SslHandler.class) == null ? "http" : "https";
  }

  /// What a client says first. Windows stay as they are by default: answers are small.
  void preface() {
    ByteBuf out = context.alloc().ioBuffer();
    out.writeBytes(PREFACE);
    Frame.writeHeader(out, Setting.BYTES, Frame.SETTINGS, 0, 0);
    out.writeShort(Setting.ENABLE_PUSH).writeInt(0);
    write(out);
  }

  /// The server offers a table of that size.
  void resizeTable(int bytes) {
    encoder.resizeTable(bytes);
  }

  void head(int streamId, GrpcRequest request) {
    ByteBuf out = context.alloc().ioBuffer(FIRST_HEAD_BYTES);
    out.writeZero(Frame.HEADER_BYTES);
    request.writeHead(encoder, scheme, out);
    Frame.endBlock(out, 0, 0, streamId);
    write(out);
  }

  /// Writes a part of a message.
  ///
  /// @param data is released once it is sent
  void data(int streamId, ByteBuf data, boolean last) {
    ByteBuf out = context.alloc().ioBuffer(Frame.HEADER_BYTES, Frame.HEADER_BYTES);
    int flags = last ? Frame.END_STREAM : 0;
    Frame.writeHeader(out, data.readableBytes(), Frame.DATA, flags, streamId);
    write(out);
    write(data);
  }

  void reset(int streamId, ErrorCode code) {
    write(frame(Integer.BYTES, Frame.RST_STREAM, 0, streamId).writeInt(code.code()));
  }

  void acknowledgeSettings() {
    write(frame(0, Frame.SETTINGS, Frame.ACK, 0));
  }

  void acknowledgePing(ByteBuf opaque) {
    write(frame(opaque.readableBytes(), Frame.PING, Frame.ACK, 0).writeBytes(opaque));
  }

  /// Gives back so much of the connection's window.
  void restoreWindow(int bytes) {
    write(frame(Integer.BYTES, Frame.WINDOW_UPDATE, 0, 0).writeInt(bytes));
  }

  void goAway(ErrorCode code) {
    write(frame(2 * Integer.BYTES, Frame.GOAWAY, 0, 0).writeInt(0).writeInt(code.code()));
  }

  private ByteBuf frame(int payloadBytes, int type, int flags, int streamId) {
    ByteBuf out = context.alloc().ioBuffer(Frame.HEADER_BYTES + payloadBytes);
    Frame.writeHeader(out, payloadBytes, type, flags, streamId);
    return out;
  }

  private void write(ByteBuf out) {
    var _ = context.write(out, context.voidPromise());
  }

  void flush() {
    context.flush();
  }
}
