package io.sidetrace.sidecar.codec.http2;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// Finds the frames in a stream of bytes that comes in pieces: first a frame's header, then how
/// much of what is there belongs to its payload, which is never copied or kept. Event-loop
/// confined; one per connection and direction.
public final class FrameReader {
  /// Of length, type and flags; the stream's identifier stands behind them.
  private static final int BYTES_BEFORE_STREAM = 5;

  private int maxFrameBytes = Frame.DEFAULT_MAX_BYTES;
  private int headerBytesSeen;
  private long beforeStream;
  private int streamId;
  private int remaining;
  private boolean inFrame;

  /// Frames may be that long from now on. A limit that was once told is never taken back: what its
  /// receiver lowered, it judges itself.
  public void allow(int frameBytes) {
    maxFrameBytes = Math.clamp(frameBytes, maxFrameBytes, Frame.LARGEST_MAX_BYTES);
  }

  /// Reads on in a frame's header.
  ///
  /// @return whether it is complete; then the payload follows, perhaps of no bytes
  public boolean readHeader(ByteBuf in) {
    if (headerBytesSeen == 0 && in.readableBytes() >= Frame.HEADER_BYTES) {
      beforeStream = ((long) in.readInt() << 8) | in.readUnsignedByte();
      streamId = in.readInt();
    } else if (!readHeaderBytes(in)) {
      return false;
    }
    headerBytesSeen = 0;
    streamId &= Frame.STREAM_MASK;
    remaining = length();
    inFrame = true;
    return true;
  }

  private boolean readHeaderBytes(ByteBuf in) {
    while (headerBytesSeen < Frame.HEADER_BYTES && in.isReadable()) {
      int octet = in.readUnsignedByte();
      if (headerBytesSeen++ < BYTES_BEFORE_STREAM) {
        beforeStream = beforeStream << 8 | octet;
      } else {
        streamId = streamId << 8 | octet;
      }
    }
    return headerBytesSeen == Frame.HEADER_BYTES;
  }

  /// What is wrong with the frame by its header alone; null when nothing is.
  public @Nullable Violation check() {
    if (length() > maxFrameBytes || !Frame.hasLegalLength(type(), flags(), length())) {
      return Violation.FRAME_SIZE;
    }
    return Frame.hasLegalStream(type(), streamId) ? null : Violation.STREAM_IDENTIFIER;
  }

  /// Whether a frame has begun and not ended.
  public boolean inFrame() {
    return inFrame;
  }

  /// How many of so many bytes belong to the payload; they count as read.
  public int take(int available) {
    int taken = Math.min(remaining, available);
    remaining -= taken;
    return taken;
  }

  /// How many bytes of the payload are to come.
  public int remaining() {
    return remaining;
  }

  /// Ends the frame if its payload has been taken.
  ///
  /// @return whether it ended
  public boolean end() {
    inFrame = remaining > 0;
    return !inFrame;
  }

  public int length() {
    return (int) (beforeStream >>> 16) & Frame.LARGEST_MAX_BYTES;
  }

  public int type() {
    return (int) (beforeStream >>> 8) & 0xff;
  }

  public int flags() {
    return (int) beforeStream & 0xff;
  }

  public boolean has(int flag) {
    return Frame.has(flags(), flag);
  }

  public int streamId() {
    return streamId;
  }
}
