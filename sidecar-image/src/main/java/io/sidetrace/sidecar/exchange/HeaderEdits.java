package io.sidetrace.sidecar.exchange;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.sidetrace.sidecar.codec.Fields;
import io.sidetrace.sidecar.codec.http2.HeaderFields;
import io.sidetrace.sidecar.codec.http2.HpackEncoder;
import io.sidetrace.sidecar.propagation.HeaderWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The changes to one head, and the head that they make of it: all other lines byte for byte, in
/// their order; replaced and new ones behind them. Reused from head to head. Event-loop confined.
final class HeaderEdits implements HeaderWriter {
  /// Of `: ` and CRLF.
  private static final int LINE_OVERHEAD = 4;

  private String[] names = new String[16];
  private @Nullable String[] values = new String[16];
  private int count;

  void clear() {
    count = 0;
  }

  int count() {
    return count;
  }

  /// Forgets the edits from the first `keep` on.
  void rollBack(int keep) {
    count = keep;
  }

  @Override
  public void set(String name, String value) {
    put(name, clean(value));
  }

  @Override
  public void remove(String name) {
    put(name, null);
  }

  private void put(String name, @Nullable String value) {
    int index = 0;
    while (index < count && !names[index].equals(name)) {
      index++;
    }
    if (index == names.length) {
      names = Arrays.copyOf(names, count * 2);
      values = Arrays.copyOf(values, count * 2);
    }
    names[index] = name;
    values[index] = value;
    count = Math.max(count, index + 1);
  }

  /// A value that could end its line would let whoever chose it write fields of their own.
  private static String clean(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (isControl(value.charAt(i))) {
        return value
            .chars()
            .map(c -> isControl((char) c) ? ' ' : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
      }
    }
    return value;
  }

  private static boolean isControl(char c) {
    return (c < ' ' && c != '\t') || c == 0x7f;
  }

  /// The edited head in a buffer of its own; the caller releases it.
  ByteBuf apply(Fields head, ByteBufAllocator allocator) {
    ByteBuf out = allocator.ioBuffer(head.length() + addedLength());
    byte[] bytes = head.bytes();
    int copied = 0;
    for (int i = 0; i < head.count(); i++) {
      if (touches(head, i)) {
        out.writeBytes(bytes, copied, head.lineStart(i) - copied);
        copied = head.lineEnd(i);
      }
    }
    out.writeBytes(bytes, copied, head.length() - 2 - copied);
    writeAdded(out);
    out.writeShort('\r' << 8 | '\n');
    return out;
  }

  /// Writes the lines that are new or replaced.
  void writeAdded(ByteBuf out) {
    for (int i = 0; i < count; i++) {
      String value = values[i];
      if (value != null) {
        writeLine(out, names[i], value);
      }
    }
  }

  /// Passes a block's fields on, edited: all others in their order, replaced and new ones behind
  /// them.
  void apply(HeaderFields head, HpackEncoder encoder, ByteBuf out) {
    for (int i = 0; i < head.count(); i++) {
      if (!touches(head, i)) {
        encoder.copy(head, i, out);
      }
    }
    writeAdded(encoder, out);
  }

  /// Writes the fields that are new or replaced.
  void writeAdded(HpackEncoder encoder, ByteBuf out) {
    for (int i = 0; i < count; i++) {
      String value = values[i];
      if (value != null) {
        encoder.literal(names[i], value, out);
      }
    }
  }

  private boolean touches(HeaderFields head, int index) {
    for (int i = 0; i < count; i++) {
      if (head.named(index, names[i])) {
        return true;
      }
    }
    return false;
  }

  private boolean touches(Fields head, int index) {
    for (int i = 0; i < count; i++) {
      if (head.named(index, names[i])) {
        return true;
      }
    }
    return false;
  }

  private int addedLength() {
    int length = 0;
    for (int i = 0; i < count; i++) {
      String value = values[i];
      if (value != null) {
        length += names[i].length() + value.length() + LINE_OVERHEAD;
      }
    }
    return length;
  }

  static void writeLine(ByteBuf out, String name, String value) {
    out.writeCharSequence(name, StandardCharsets.US_ASCII);
    out.writeShort(':' << 8 | ' ');
    out.writeCharSequence(value, StandardCharsets.ISO_8859_1);
    out.writeShort('\r' << 8 | '\n');
  }
}
