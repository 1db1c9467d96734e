package io.sidetrace.sidecar.codec.http2;

import io.sidetrace.sidecar.codec.FieldBytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The fields of one header block: what they say, and how they came. Reused from block to block, so
/// nothing is allocated once the arrays have grown to the traffic's size. Event-loop confined.
public final class HeaderFields implements FieldBytes {
  private static final int INITIAL_FIELDS = 32;
  private static final int INITIAL_BYTES = 1024;

  /// How a field came (RFC 7541 section 6), by the bits that say so; an index has its own.
  static final byte INDEXED = (byte) 0x80;

  static final byte INDEXING = 0x40;
  static final byte NEVER_INDEXED = 0x10;
  static final byte WITHOUT_INDEXING = 0x00;

  /// Offsets of one field: where its name, its value and its end are in its bytes, and where its
  /// texts stand in the block.
  private static final int STRIDE = 5;

  private byte[] block = {};
  private byte[] text = new byte[INITIAL_BYTES];
  private int textEnd;
  private int[] offsets = new int[INITIAL_FIELDS * STRIDE];
  private byte[] forms = new byte[INITIAL_FIELDS];
  private @Nullable TableEntry[] entries = new TableEntry[INITIAL_FIELDS];
  private @Nullable TableEntry[] names = new TableEntry[INITIAL_FIELDS];
  private int count;
  private final MessageShape shape = new MessageShape();

  void begin(byte[] bytes) {
    block = bytes;
    textEnd = 0;
    count = 0;
    shape.clear();
  }

  // From the decoder.

  /// Makes room for a text and says where it goes.
  int room(int length) {
    if (text.length - textEnd < length) {
      text = Arrays.copyOf(text, Math.max(textEnd + length, text.length * 2));
    }
    return textEnd;
  }

  byte[] text() {
    return text;
  }

  void written(int end) {
    textEnd = end;
  }

  void addIndexed(TableEntry entry) {
    int index = next(INDEXED, entry, null);
    setText(index, 0, entry.nameLength, entry.bytes.length);
    shape.note(entry.kind, index);
  }

  /// Adds a field that is in no table.
  ///
  /// @param name where the name stands in the text; the value is behind it, up to its end
  void addLiteral(byte form, @Nullable TableEntry nameEntry, int name, int value) {
    int index = next(form, null, nameEntry);
    setText(index, name, value, textEnd);
    shape.note(FieldKind.of(text, name, value, textEnd), index);
  }

  /// Adds a field that became an entry of the table.
  void addIndexing(TableEntry entry, @Nullable TableEntry nameEntry) {
    int index = next(INDEXING, entry, nameEntry);
    setText(index, 0, entry.nameLength, entry.bytes.length);
    shape.note(entry.kind, index);
  }

  /// Says where the texts of the newest field stand in the block.
  void cameFrom(int from, int to) {
    int at = (count - 1) * STRIDE;
    offsets[at + 3] = from;
    offsets[at + 4] = to;
  }

  private int next(byte form, @Nullable TableEntry entry, @Nullable TableEntry nameEntry) {
    if (count == forms.length) {
      offsets = Arrays.copyOf(offsets, offsets.length * 2);
      forms = Arrays.copyOf(forms, count * 2);
      entries = Arrays.copyOf(entries, count * 2);
      names = Arrays.copyOf(names, count * 2);
    }
    forms[count] = form;
    entries[count] = entry;
    names[count] = nameEntry;
    return count++;
  }

  private void setText(int index, int name, int value, int end) {
    int at = index * STRIDE;
    offsets[at] = name;
    offsets[at + 1] = value;
    offsets[at + 2] = end;
  }

  // For the encoder.

  byte form(int index) {
    return forms[index];
  }

  /// The field's entry in a table; null when it has none.
  @Nullable TableEntry entry(int index) {
    return entries[index];
  }

  /// The entry that gave a literal its name; null when the name stood in the block.
  @Nullable TableEntry nameEntry(int index) {
    return names[index];
  }

  byte[] block() {
    return block;
  }

  int blockStart(int index) {
    return offsets[index * STRIDE + 3];
  }

  int blockEnd(int index) {
    return offsets[index * STRIDE + 4];
  }

  // For whoever asks what the fields say.

  public int count() {
    return count;
  }

  /// Of all names and values.
  public int fieldBytes() {
    int bytes = 0;
    for (int i = 0; i < count; i++) {
      bytes += valueEnd(i) - nameStart(i);
    }
    return bytes;
  }

  /// What the block may be.
  public MessageShape shape() {
    return shape;
  }

  @Override
  public boolean named(int index, String name) {
    int start = nameStart(index);
    if (valueStart(index) - start != name.length()) {
      return false;
    }
    byte[] bytes = bytes(index);
    for (int i = 0; i < name.length(); i++) {
      if (bytes[start + i] != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int indexOf(String name, int from) {
    for (int i = from; i < count; i++) {
      if (named(i, name)) {
        return i;
      }
    }
    return -1;
  }

  /// The value of the first field of that name, given in lower case; null when there is none.
  public @Nullable String first(String name) {
    int index = indexOf(name);
    return index < 0 ? null : value(index);
  }

  @Override
  public @Nullable String joined(String name) {
    int index = indexOf(name);
    if (index < 0) {
      return null;
    }
    var list = new StringBuilder(value(index));
    for (int i = indexOf(name, index + 1); i >= 0; i = indexOf(name, i + 1)) {
      list.append(',').append(value(i));
    }
    return list.toString();
  }

  /// Whether there is a field whose name begins so.
  public boolean anyNameBegins(String prefix) {
    byte[] wanted = prefix.getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < count; i++) {
      int from = nameStart(i);
      int end = from + wanted.length;
      if (end <= valueStart(i) && Arrays.equals(bytes(i), from, end, wanted, 0, wanted.length)) {
        return true;
      }
    }
    return false;
  }

  public String value(int index) {
    int from = valueStart(index);
    return new String(bytes(index), from, valueEnd(index) - from, StandardCharsets.ISO_8859_1);
  }

  @Override
  public byte[] bytes(int index) {
    TableEntry entry = entries[index];
    return entry == null ? text : entry.bytes;
  }

  int nameStart(int index) {
    return offsets[index * STRIDE];
  }

  @Override
  public int valueStart(int index) {
    return offsets[index * STRIDE + 1];
  }

  @Override
  public int valueEnd(int index) {
    return offsets[index * STRIDE + 2];
  }
}
