package io.sidetrace.sidecar.exchange;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.sidetrace.sidecar.codec.FieldBytes;
import io.sidetrace.sidecar.codec.Fields;
import io.sidetrace.sidecar.codec.http2.HeaderFields;
import io.sidetrace.sidecar.codec.http2.HpackEncoder;
import io.sidetrace.sidecar.propagation.HeaderReader;
import io.sidetrace.sidecar.propagation.HeaderWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The changes to one head, and the head that they make of it: all other lines byte for byte, in
/// their order; behind them what is new, in Envoy's order. Replaced lines keep the spelling of
/// their names. Reused from head to head. Event-loop confined.
final class HeaderEdits implements HeaderWriter {
  /// Of `: ` and CRLF.
  private static final int LINE_OVERHEAD = 4;

  /// In the place of an edit that a later one overtook; no field has this name.
  private static final String OVERTAKEN = "";

  /// Where a line goes.
  private enum Place {
    /// Where the one was that it replaces; behind all where there was none.
    KEPT,
    /// Behind all, in the place of those of its name.
    BEHIND,
    /// Behind all, on top of those of its name.
    ADDED,
    /// Behind what has another place, in the place of those of its name.
    LAST
  }

  private String[] names = new String[16];
  private @Nullable String[] values = new String[16];
  private Place[] places = new Place[16];

  /// Whether the head has a line of that name.
  private boolean[] met = new boolean[16];

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
      if (places[i] == Place.ADDED && value != null) {
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

  /// As [#over], without what tracing says of its context: the fields are as they came.
  HeaderReader withoutContext(HeaderReader fields) {
    HeaderReader all = over(fields);
    return name -> {
      int index = indexOf(name);
      return index < count && places[index] == Place.LAST ? fields.first(name) : all.first(name);
    };
  }

  private @Nullable String firstAppended(String name) {
    for (int i = 0; i < count; i++) {
      if (places[i] == Place.ADDED && names[i].equals(name)) {
        return values[i];
      }
    }
    return null;
  }

  /// Of the edit that replaces or removes that name; `count` when there is none.
  private int indexOf(String name) {
    int index = 0;
    while (index < count && (places[index] == Place.ADDED || !names[index].equals(name))) {
      index++;
    }
    return index;
  }

  /// Adds a field behind all others, of its name too.
  void append(String name, String value) {
    put(name, clean(value), Place.ADDED);
  }

  /// Writes a field behind all others, in the place of those of its name.
  void overwrite(String name, String value) {
    if (!isContext(name)) {
      overtake(name);
      put(name, clean(value), Place.BEHIND);
    }
  }

  @Override
  public void set(String name, String value) {
    int index = indexOf(name);
    if (!keepsItsPlace(name)) {
      overtake(name);
      put(name, clean(value), Place.LAST);
    } else if (index < count && values[index] != null) {
      values[index] = clean(value);
    } else {
      overtake(name);
      put(name, clean(value), index < count ? Place.BEHIND : Place.KEPT); // once removed, it is new
    }
  }

  /// Writes a field unless these edits do so already.
  void setIfAbsent(String name, String value) {
    int index = indexOf(name);
    if (index == count || values[index] == null) {
      overtake(name);
      put(name, clean(value), Place.KEPT);
    }
  }

  @Override
  public void remove(String name) {
    if (!isContext(name)) {
      overtake(name);
      put(name, null, Place.KEPT);
    }
  }

  /// Whether tracing has written that field, after which nobody else does.
  private boolean isContext(String name) {
    int index = indexOf(name);
    return index < count && places[index] == Place.LAST;
  }

  /// Envoy has a slot for each of the fields that are its own, in which a new value takes over. The
  /// fields of a trace's context it writes anew, behind all that routes add.
  private static boolean keepsItsPlace(String name) {
    return switch (name) {
      case "x-request-id", "server", "connection" -> true;
      default -> name.startsWith("x-envoy-");
    };
  }

  private void put(String name, @Nullable String value, Place place) {
    makeRoom();
    names[count] = name;
    values[count] = value;
    places[count] = place;
    met[count++] = false;
  }

  /// What was said of that name before counts no more.
  private void overtake(String name) {
    for (int i = 0; i < count; i++) {
      if (names[i].equals(name)) {
        names[i] = OVERTAKEN;
        values[i] = null;
      }
    }
  }

  private void makeRoom() {
    if (count == names.length) {
      names = Arrays.copyOf(names, count * 2);
      values = Arrays.copyOf(values, count * 2);
      places = Arrays.copyOf(places, count * 2);
      met = Arrays.copyOf(met, count * 2);
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
      int edit = editOf(head, i);
      if (edit >= 0) {
        out.writeBytes(bytes, copied, head.lineStart(i) - copied);
        replace(out, head, i, edit);
        copied = head.lineEnd(i);
      }
    }
    out.writeBytes(bytes, copied, head.length() - 2 - copied);
    for (int i = 0; i < count; i++) {
      if (places[i] != Place.LAST) {
        writeBehind(out, head, i);
      }
    }
    for (int i = 0; i < count; i++) {
      if (places[i] == Place.LAST) {
        writeBehind(out, head, i);
      }
    }
    out.writeShort('\r' << 8 | '\n');
    return out;
  }

  /// The first line of a field that keeps its place gets its new value, all further ones go.
  private void replace(ByteBuf out, Fields head, int line, int edit) {
    String value = values[edit];
    if (value != null && !met[edit] && places[edit] == Place.KEPT) {
      out.writeBytes(head.bytes(), head.lineStart(line), names[edit].length());
      writeValue(out, value);
    }
    met[edit] = true;
  }

  private void writeBehind(ByteBuf out, Fields head, int edit) {
    String value = values[edit];
    if (value == null || (met[edit] && places[edit] == Place.KEPT)) {
      return;
    }
    int line = head.indexOf(names[edit]);
    if (line >= 0) {
      out.writeBytes(head.bytes(), head.lineStart(line), names[edit].length());
      writeValue(out, value);
    } else {
      writeLine(out, names[edit], value);
    }
  }

  /// Writes the lines of a head that has none yet.
  void writeAdded(ByteBuf out) {
    for (int i = 0; i < count; i++) {
      String value = values[i];
      if (value != null) {
        writeLine(out, names[i], value);
      }
    }
  }

  /// Passes a block's fields on, edited.
  void apply(HeaderFields head, HpackEncoder encoder, ByteBuf out) {
    for (int i = 0; i < head.count(); i++) {
      int edit = editOf(head, i);
      if (edit < 0) {
        encoder.copy(head, i, out);
      } else if (!met[edit]) {
        met[edit] = true;
        replace(encoder, out, edit);
      }
    }
    for (int i = 0; i < count; i++) {
      if (places[i] != Place.LAST) {
        writeBehind(encoder, out, i);
      }
    }
    for (int i = 0; i < count; i++) {
      if (places[i] == Place.LAST) {
        writeBehind(encoder, out, i);
      }
    }
  }

  private void replace(HpackEncoder encoder, ByteBuf out, int edit) {
    String value = values[edit];
    if (value != null && places[edit] == Place.KEPT) {
      encoder.literal(names[edit], value, out);
    }
  }

  private void writeBehind(HpackEncoder encoder, ByteBuf out, int edit) {
    String value = values[edit];
    if (value != null && !(met[edit] && places[edit] == Place.KEPT)) {
      encoder.literal(names[edit], value, out);
    }
  }

  /// Writes the fields of a block that has none yet.
  void writeAdded(HpackEncoder encoder, ByteBuf out) {
    for (int i = 0; i < count; i++) {
      String value = values[i];
      if (value != null) {
        encoder.literal(names[i], value, out);
      }
    }
  }

  /// The edit that the field falls under; -1 for none.
  private int editOf(FieldBytes head, int line) {
    for (int i = 0; i < count; i++) {
      if (places[i] != Place.ADDED && head.named(line, names[i])) {
        return i;
      }
    }
    return -1;
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
    writeValue(out, value);
  }

  private static void writeValue(ByteBuf out, String value) {
    out.writeShort(':' << 8 | ' ');
    out.writeCharSequence(value, StandardCharsets.ISO_8859_1);
    out.writeShort('\r' << 8 | '\n');
  }
}
