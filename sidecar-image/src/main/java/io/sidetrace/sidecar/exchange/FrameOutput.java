package io.sidetrace.sidecar.exchange;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.sidetrace.sidecar.codec.http2.ErrorCode;
import io.sidetrace.sidecar.codec.http2.Frame;
import io.sidetrace.sidecar.codec.http2.FrameReader;
import io.sidetrace.sidecar.codec.http2.HeaderBlock;
import io.sidetrace.sidecar.codec.http2.HeaderFields;
import io.sidetrace.sidecar.codec.http2.HpackEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The way to one peer of an HTTP/2 connection: frames of the other peer as they come, and our own
/// between them, never within. Small ones are gathered in one buffer until the flush. Event-loop
/// confined; owns what it has gathered until it is handed to the wire.
final class FrameOutput {
  /// Pieces up to so many bytes are copied into the gathering buffer. A slice of its own costs a
  /// reference count, an object and an entry in the write, about what copying 2 KiB does.
  private static final int COPIED_BYTES = 2048;

  /// A request's or a response's frames of a small gRPC call.
  private static final int INITIAL_BYTES = 512;

  private final Wire wire;
  private @Nullable ByteBuf gathered;
  private @Nullable ByteBuf deferred;
  private boolean inFrame;

  FrameOutput(Wire wire) {
    this.wire = wire;
  }

  // What the other peer sends.

  void beginFrame(FrameReader frame) {
    inFrame = true;
    Frame.writeHeader(gathered(), frame.length(), frame.type(), frame.flags(), frame.streamId());
  }

  void payload(ByteBuf in, int count) {
    if (count <= COPIED_BYTES) {
      gathered().writeBytes(in, count);
    } else {
      handOver();
      wire.write(in.readRetainedSlice(count));
    }
  }

  void endFrame() {
    inFrame = false;
    if (deferred != null) {
      gathered().writeBytes(deferred);
      deferred.release();
      deferred = null;
    }
  }

  /// Whether the frame of the other peer is incomplete, so that none of our own can follow.
  boolean inFrame() {
    return inFrame;
  }

  // Header blocks, each whole between two frames.

  /// Passes a block on, edited.
  void head(HeaderBlock block, HeaderFields fields, HeaderEdits edits, HpackEncoder encoder) {
    ByteBuf out = own();
    int start = out.writerIndex();
    out.writeZero(Frame.HEADER_BYTES);
    byte[] priority = block.priority();
    if (priority != null) {
      out.writeBytes(priority);
    }
    encoder.begin(out);
    edits.apply(fields, encoder, out);
    int flags = block.endsStream() ? Frame.END_STREAM : 0;
    Frame.endBlock(
        out, start, priority == null ? flags : flags | Frame.WITH_PRIORITY, block.streamId());
  }

  /// Writes a response that no upstream made.
  void answer(Http2Stream stream, HeaderEdits edits, HpackEncoder encoder) {
    ByteBuf out = own();
    int start = out.writerIndex();
    out.writeZero(Frame.HEADER_BYTES);
    encoder.begin(out);
    encoder.literal(":status", Integer.toString(stream.status), out);
    edits.writeAdded(encoder, out);
    Frame.endBlock(out, start, Frame.END_STREAM, stream.id);
  }

  // Our own.

  void settings(byte[] payload) {
    ByteBuf out = own();
    Frame.writeHeader(out, payload.length, Frame.SETTINGS, 0, 0);
    out.writeBytes(payload);
  }

  void acknowledge() {
    Frame.writeHeader(own(), 0, Frame.SETTINGS, Frame.ACK, 0);
  }

  void reset(int streamId, ErrorCode code) {
    ByteBuf out = own();
    Frame.writeHeader(out, Integer.BYTES, Frame.RST_STREAM, 0, streamId);
    out.writeInt(code.code());
  }

  /// Gives back the connection's window for bytes that go no further.
  void restoreWindow(int bytes) {
    ByteBuf out = own();
    Frame.writeHeader(out, Integer.BYTES, Frame.WINDOW_UPDATE, 0, 0);
    out.writeInt(bytes);
  }

  void goAway(int lastStreamId, ErrorCode code, String reason) {
    ByteBuf out = own();
    byte[] debug = reason.getBytes(StandardCharsets.US_ASCII);
    Frame.writeHeader(out, 2 * Integer.BYTES + debug.length, Frame.GOAWAY, 0, 0);
    out.writeInt(lastStreamId).writeInt(code.code()).writeBytes(debug);
  }

  private ByteBuf own() {
    if (!inFrame) {
      return gathered();
    }
    if (deferred == null) {
      deferred = Unpooled.buffer();
    }
    return deferred;
  }

  // Towards the wire.

  /// Bytes that are no frame: the client's preface.
  void raw(ByteBuf in, int count) {
    gathered().writeBytes(in, count);
  }

  private ByteBuf gathered() {
    if (gathered == null) {
      gathered = ByteBufAllocator.DEFAULT.ioBuffer(INITIAL_BYTES);
    }
    return gathered;
  }

  private void handOver() {
    if (gathered != null) {
      ByteBuf full = gathered;
      gathered = null;
      wire.write(full);
    }
  }

  void flush() {
    handOver();
    wire.flush();
  }

  /// Forgets what was not handed over.
  void discard() {
    if (gathered != null) {
      gathered.release();
      gathered = null;
    }
    if (deferred != null) {
      deferred.release();
      deferred = null;
    }
  }
}
