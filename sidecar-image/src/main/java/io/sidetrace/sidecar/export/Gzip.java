package io.sidetrace.sidecar.export;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/// Compresses messages (RFC 1952), one at a time, by the JDK. Confined to the reporter's loop.
final class Gzip {
  /// Magic number, deflate, no flags, no time, nothing extra, system unknown.
  private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

  private static final int TRAILER_BYTES = 8;

  /// Spans of one service repeat each other: a full batch comes to a sixth of its size. What does
  /// not come to a quarter makes the buffer grow.
  private static final int EXPECTED_RATIO = 4;

  private static final int LEAST_BYTES = 512;

  /// On an event loop that serves: the fastest level gets most of what there is to get.
  private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);

  private final CRC32 checksum = new CRC32();

  /// The message in its compressed form, as a new buffer; null where there is no memory for it.
  @Nullable ByteBuf compress(ByteBuf message) {
    int expected = Math.max(LEAST_BYTES, message.readableBytes() / EXPECTED_RATIO);
    ByteBuf out = null;
    try {
      out = ByteBufAllocator.DEFAULT.directBuffer(expected);
      write(message, out);
      return out;
    } catch (OutOfMemoryError e) {
      if (out != null) {
        out.release();
      }
      return null;
    }
  }

  private void write(ByteBuf message, ByteBuf out) {
    ByteBuffer plain = message.nioBuffer();
    checksum.reset();
    checksum.update(plain.duplicate());
    deflater.reset();
    deflater.setInput(plain);
    deflater.finish();
    out.writeBytes(HEADER);
    while (!deflater.finished()) {
      out.ensureWritable(LEAST_BYTES);
      ByteBuffer room = out.nioBuffer(out.writerIndex(), out.writableBytes());
      out.writerIndex(out.writerIndex() + deflater.deflate(room));
    }
    out.ensureWritable(TRAILER_BYTES);
    out.writeIntLE((int) checksum.getValue()).writeIntLE(message.readableBytes());
  }
}
