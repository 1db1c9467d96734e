package io.sidetrace.sidecar.export.protobuf;

import io.netty.buffer.ByteBuf;

/// The length of a message that is written before what it counts: room for it is left when the
/// message begins, and filled in when it ends. So a batch grows span by span in one buffer, however
/// deep the messages are that hold it.
public final class OpenLength {
  /// A varint may be longer than it need be, so its place has always the same size: 28 bits, far
  /// above what a batch may have.
  private static final int BYTES = 4;

  private OpenLength() {}

  /// Begins a message in that field of the one around it.
  ///
  /// @return where it begins, for `close`
  public static int open(ByteBuf out, int field) {
    int rest = WireType.tag(field, WireType.LENGTH_DELIMITED);
    for (; rest > 0x7f; rest >>>= 7) {
      out.writeByte(rest | 0x80);
    }
    out.writeByte(rest).writeZero(BYTES);
    return out.writerIndex();
  }

  /// Ends the message that began there.
  public static void close(ByteBuf out, int start) {
    int length = out.writerIndex() - start;
    for (int i = 0; i < BYTES - 1; i++) {
      out.setByte(start - BYTES + i, (length >>> (7 * i)) | 0x80);
    }
    out.setByte(start - 1, length >>> (7 * (BYTES - 1)));
  }
}
