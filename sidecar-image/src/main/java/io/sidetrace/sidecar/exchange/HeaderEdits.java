package io.sidetrace.sidecar.exchange;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.sidetrace.sidecar.codec.Fields;
import io.sidetrace.sidecar.codec.http2.HeaderFields;
import io.sidetrace.sidecar.codec.http2.HpackEncoder;
import io.sidetrace.sidecar.propagation.HeaderReader;
import io.sidetrace.sidecar.propagation.HeaderWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The changes to one head, and the head that they make of it: all other lines byte for byte, in
/// their order; replaced and new ones behind them. Reused from head to head. Event-loop confined.
final class HeaderEdits implements HeaderWriter {
  /// Of `: ` and CRLF.
  private static final int LINE_OVERHEAD = 4;

  /// In the place of an edit that a later one overtook; no field has this name.
  private static final String OVERTAKEN = "";

  private String[] names = new String[16];
  private @Nullable String[] values = new String[16];

  /// Whether the line comes on top of those of its name, instead of replacing them.
  private boolean[] appended = new boolean[16];

  private int count;

  void clear() {
    count = 0;
  }

  int count() {
    return count;
  }

  /// Forgets the edits from the first `keep` on; what they overtook stays overtaken.
  void rollBack(int keep) {
    count = keep;
  }

  /// Takes edits, in their order.
  interface Visitor {
    void replaced(String name, String value);

    void appended(String name, String value);

    void removed(String name);
  }

  /// Shows all edits.
  void visit(Visitor visitor) {
    for (int i = 0; i < count; i++) {
      String value = values[i];
      if (appended[i] && value != null) {
        visitor.appended(names[i], value);
      } else if (value != null) {
        visitor.replaced(names[i], value);
      } else if (!names[i].equals(OVERTAKEN)) {
        visitor.removed(names[i]);
      }
    }
  }

  /// A view of fields as these edits leave them, of whichever head they are for at the moment.
  HeaderReader over(HeaderReader fields) {
    return name -> {
      int index = indexOf(name);
      String first = index == count ? fields.first(name) : values[index];
      return first == null ? firstAppended(name) : first;
    };
  }

  private @Nullable String firstAppended(String name) {
    for (int i = 0; i < count; i++) {
      if (appended[i] && names[i].equals(name)) {
        return values[i];
      }
    }
    return null;
  }

  /// Of the edit that replaces or removes that name; `count` when there is none.
  private int indexOf(String name) {
    int index = 0;
    while (index < count && (appended[index] || !names[index].equals(name))) {
      index++;
    }
    return index;
  }

  /// Whether fields of that name are replaced or removed.
  boolean replaces(String name) {
    return indexOf(name) < count;
  }

  /// Adds a field behind all others, of its name too.
  void append(String name, String value) {
    makeRoom();
    names[count] = name;
    values[count] = clean(value);
    appended[count++] = true;
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
    overtakeAppended(name);
    makeRoom();
    int index = indexOf(name);
    names[index] = name;
    values[index] = value;
    appended[index] = false;
    count = Math.max(count, index + 1);
  }

  private void overtakeAppended(String name) {
    for (int i = 0; i < count; i++) {
      if (appended[i] && names[i].equals(name)) {
        names[i] = OVERTAKEN;
        values[i] = null;
      }
    }
  }

  private void makeRoom() {
    if (count == names.length) {
      names = Arrays.copyOf(names, count * 2);
      values = Arrays.copyOf(values, count * 2);
      appended = Arrays.copyOf(appended, count * 2);
    }
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
      if (!appended[i] && head.named(index, names[i])) {
        return true;
      }
    }
    return false;
  }

  private boolean touches(Fields head, int index) {
    for (int i = 0; i < count; i++) {
      if (!appended[i] && head.named(index, names[i])) {
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
