package io.sidetrace.sidecar.codec.http2;

import io.netty.buffer.ByteBuf;

/// Types, flags and sizes of frames (RFC 9113 sections 4 and 6), and how they are written.
public final class Frame {
  public static final int DATA = 0;
  public static final int HEADERS = 1;
  public static final int PRIORITY = 2;
  public static final int RST_STREAM = 3;
  public static final int SETTINGS = 4;
  public static final int PUSH_PROMISE = 5;
  public static final int PING = 6;
  public static final int GOAWAY = 7;
  public static final int WINDOW_UPDATE = 8;
  public static final int CONTINUATION = 9;

  public static final int ACK = 0x1;
  public static final int END_STREAM = 0x1;
  public static final int END_HEADERS = 0x4;
  public static final int PADDED = 0x8;
  public static final int WITH_PRIORITY = 0x20;

  public static final int HEADER_BYTES = 9;

  /// What every receiver takes, and the least that it may limit frames to.
  public static final int DEFAULT_MAX_BYTES = 16_384;

  /// 24 bits: no frame is longer.
  public static final int LARGEST_MAX_BYTES = (1 << 24) - 1;

  public static final int STREAM_MASK = 0x7fff_ffff;

  private static final int PING_BYTES = 8;
  private static final int WORD_BYTES = 4;
  private static final int GOAWAY_LEAST_BYTES = 8;

  private Frame() {}

  /// Writes a frame's header; the payload is to follow.
  public static void writeHeader(ByteBuf out, int length, int type, int flags, int streamId) {
    out.writeMedium(length).writeByte(type).writeByte(flags).writeInt(streamId);
  }

  /// Makes a header block that stands at the buffer's end a frame, or several: none is longer than
  /// what every receiver takes.
  ///
  /// @param start where [#HEADER_BYTES] bytes were left before the block
  /// @param flags all but [#END_HEADERS]
  public static void endBlock(ByteBuf out, int start, int flags, int streamId) {
    int length = out.writerIndex() - start - HEADER_BYTES;
    if (length <= DEFAULT_MAX_BYTES) {
      setHeader(out, start, length, flags | END_HEADERS, streamId);
      return;
    }
    int first = start + HEADER_BYTES + DEFAULT_MAX_BYTES;
    ByteBuf rest = out.copy(first, out.writerIndex() - first);
    setHeader(out, start, DEFAULT_MAX_BYTES, flags, streamId);
    out.writerIndex(first);
    while (rest.isReadable()) {
      int part = Math.min(rest.readableBytes(), DEFAULT_MAX_BYTES);
      int end = part == rest.readableBytes() ? END_HEADERS : 0;
      writeHeader(out, part, CONTINUATION, end, streamId);
      out.writeBytes(rest, part);
    }
    rest.release();
  }

  private static void setHeader(ByteBuf out, int at, int length, int flags, int streamId) {
    int end = out.writerIndex();
    out.writerIndex(at);
    writeHeader(out, length, HEADERS, flags, streamId);
    out.writerIndex(end);
  }

  static boolean has(int flags, int flag) {
    return (flags & flag) != 0;
  }

  /// Whether a frame of that type has a length that it may have.
  static boolean hasLegalLength(int type, int flags, int length) {
    return switch (type) {
      case SETTINGS -> length % Setting.BYTES == 0 && (!has(flags, ACK) || length == 0);
      case PING -> length == PING_BYTES;
      case RST_STREAM, WINDOW_UPDATE -> length == WORD_BYTES;
      case GOAWAY -> length >= GOAWAY_LEAST_BYTES;
      default -> true;
    };
  }

  /// Whether a frame of that type may be on that stream, which is 0 for the connection itself.
  static boolean hasLegalStream(int type, int streamId) {
    return switch (type) {
      case DATA, HEADERS, PRIORITY, RST_STREAM, PUSH_PROMISE, CONTINUATION -> streamId != 0;
      case SETTINGS, PING, GOAWAY -> streamId == 0;
      default -> true;
    };
  }
}
