package io.sidetrace.sidecar.export.grpc;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sidetrace.sidecar.codec.http2.Frame;
import io.sidetrace.sidecar.codec.http2.FrameReader;
import io.sidetrace.sidecar.codec.http2.HeaderBlock;
import io.sidetrace.sidecar.codec.http2.HeaderFields;
import io.sidetrace.sidecar.codec.http2.HpackDecoder;
import io.sidetrace.sidecar.codec.http2.Violation;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads what a server sends, frame by frame: each is put together and told as a whole, for an
/// answer to spans is small. Event-loop confined.
final class FrameInput {
  /// Of a header block, in both its forms: what Envoy takes, and other clients less.
  private static final int MOST_HEAD_BYTES = 60 * 1024;

  private static final int FIRST_BYTES = 64;

  private final FrameReader frame = new FrameReader();
  private final HeaderBlock block = new HeaderBlock(MOST_HEAD_BYTES);
  private final HpackDecoder decoder = new HpackDecoder(MOST_HEAD_BYTES);
  private final HeaderFields fields = new HeaderFields();
  private final Receiver receiver;
  private byte[] payload = new byte[FIRST_BYTES];
  private int length;
  private boolean settingsSeen;

  FrameInput(Receiver receiver) {
    this.receiver = receiver;
  }

  /// Is told of the frames, as far as they concern a client. The buffers are valid for the call
  /// only.
  interface Receiver {
    /// A head or trailers.
    ///
    /// @param fields perhaps malformed ones
    @Nullable Violation head(int streamId, HeaderFields fields, boolean endsStream);

    /// A part of the answer.
    ///
    /// @param data without padding
    /// @param counted what the windows lose by it
    @Nullable Violation data(int streamId, ByteBuf data, int counted);

    /// The server has said all on that stream.
    void ended(int streamId);

    void reset(int streamId, int code);

    @Nullable Violation settings(ByteBuf settings);

    void ping(ByteBuf opaque);

    void goAway(int lastStreamId, int code);

    @Nullable Violation window(int streamId, int increment);
  }

  /// Whether the server has begun as HTTP/2 does.
  boolean hasBegun() {
    return settingsSeen;
  }

  /// Reads on; the caller releases the buffer.
  ///
  /// @return why the connection must end; null when it goes on
  @Nullable Violation read(ByteBuf in) {
    Violation violation = null;
    while (violation == null) {
      if (!frame.inFrame()) {
        if (!frame.readHeader(in)) {
          return null;
        }
        violation = begin();
      } else if (!in.isReadable()) {
        return null;
      }
      if (violation == null) {
        take(in, frame.take(in.readableBytes()));
        violation = frame.end() ? end() : null;
      }
    }
    return violation;
  }

  private @Nullable Violation begin() {
    Violation malformed = frame.check();
    if (malformed != null) {
      return malformed;
    }
    if (block.isOpen() && frame.type() != Frame.CONTINUATION) {
      return Violation.HEADER_BLOCK_INTERRUPTED;
    }
    if (!settingsSeen && (frame.type() != Frame.SETTINGS || frame.has(Frame.ACK))) {
      return Violation.FIRST_FRAME;
    }
    return switch (frame.type()) {
      case Frame.HEADERS, Frame.CONTINUATION -> block.begin(frame);
      case Frame.PUSH_PROMISE -> Violation.PUSH;
      default -> null;
    };
  }

  private boolean isHead() {
    return frame.type() == Frame.HEADERS || frame.type() == Frame.CONTINUATION;
  }

  private void take(ByteBuf in, int count) {
    if (isHead()) {
      block.add(in, count);
      return;
    }
    if (payload.length - length < count) {
      payload = Arrays.copyOf(payload, Math.max(length + count, frame.length()));
    }
    in.readBytes(payload, length, count);
    length += count;
  }

  private @Nullable Violation end() {
    if (isHead()) {
      return endBlock();
    }
    ByteBuf whole = Unpooled.wrappedBuffer(payload, 0, length);
    length = 0;
    return switch (frame.type()) {
      case Frame.DATA -> data(whole);
      case Frame.RST_STREAM -> {
        receiver.reset(frame.streamId(), whole.readInt());
        yield null;
      }
      case Frame.SETTINGS -> settings(whole);
      case Frame.PING -> {
        if (!frame.has(Frame.ACK)) {
          receiver.ping(whole);
        }
        yield null;
      }
      case Frame.GOAWAY -> {
        receiver.goAway(whole.readInt() & Frame.STREAM_MASK, whole.readInt());
        yield null;
      }
      case Frame.WINDOW_UPDATE ->
          receiver.window(frame.streamId(), whole.readInt() & Frame.STREAM_MASK);
      default -> null; // priorities, and what is not known
    };
  }

  private @Nullable Violation settings(ByteBuf whole) {
    settingsSeen = true;
    return frame.has(Frame.ACK) ? null : receiver.settings(whole);
  }

  private @Nullable Violation data(ByteBuf whole) {
    int counted = whole.readableBytes();
    if (frame.has(Frame.PADDED)) {
      if (counted == 0) {
        return Violation.FRAME_SIZE;
      }
      int padding = whole.readUnsignedByte();
      if (padding > whole.readableBytes()) {
        return Violation.PADDING;
      }
      whole.writerIndex(whole.writerIndex() - padding);
    }
    Violation violation = receiver.data(frame.streamId(), whole, counted);
    if (violation == null && frame.has(Frame.END_STREAM)) {
      receiver.ended(frame.streamId());
    }
    return violation;
  }

  private @Nullable Violation endBlock() {
    Violation malformed = block.endFrame();
    if (malformed != null || !block.isComplete()) {
      return malformed;
    }
    malformed = decoder.decode(block, fields);
    if (malformed == null) {
      malformed = receiver.head(block.streamId(), fields, block.endsStream());
    }
    block.close();
    return malformed;
  }
}
