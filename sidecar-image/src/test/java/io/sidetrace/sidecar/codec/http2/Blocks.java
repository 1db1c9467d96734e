package io.sidetrace.sidecar.codec.http2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Header blocks and fields, as tests write and read them.
final class Blocks {
  static final Charset LATIN_1 = StandardCharsets.ISO_8859_1;

  private Blocks() {}

  /// The block of a HEADERS frame with exactly that payload.
  static HeaderBlock of(byte[] payload) {
    HeaderBlock block = new HeaderBlock(1 << 20);
    ByteBuf in = Unpooled.buffer();
    in.writeMedium(payload.length)
        .writeByte(Frame.HEADERS)
        .writeByte(Frame.END_HEADERS)
        .writeInt(1);
    in.writeBytes(payload);
    FrameReader reader = new FrameReader();
    reader.readHeader(in);
    block.begin(reader);
    block.add(in, payload.length);
    block.endFrame();
    return block;
  }

  /// `name: value` lines of the fields.
  static List<String> lines(HeaderFields fields) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < fields.count(); i++) {
      int name = fields.nameStart(i);
      String text = new String(fields.bytes(i), name, fields.valueStart(i) - name, LATIN_1);
      lines.add(text + ": " + fields.value(i));
    }
    return lines;
  }
}
