package io.sidetrace.sidecar.codec.http2;

import java.nio.charset.StandardCharsets;

/// A field that has an index. One of the dynamic table is in the decoder's table of a direction
/// and, once it went on, in the encoder's table of the same direction as well. Event-loop confined;
/// immutable but for [#sentAs].
final class TableEntry {
  /// What RFC 7541 section 4.1 adds to the bytes of name and value.
  static final int OVERHEAD_BYTES = 32;

  /// The value of [#sentAs] of an entry that did not go on.
  static final long NOT_SENT = -1;

  /// Name and value, one behind the other.
  final byte[] bytes;

  final int nameLength;
  final FieldKind kind;

  /// The entry's index in the static table; 0 when it is none of it.
  final int staticIndex;

  /// The number of the insertion that put it into the encoder's table.
  long sentAs = NOT_SENT;

  TableEntry(byte[] bytes, int nameLength, FieldKind kind) {
    this(bytes, nameLength, kind, 0);
  }

  private TableEntry(byte[] bytes, int nameLength, FieldKind kind, int staticIndex) {
    this.bytes = bytes;
    this.nameLength = nameLength;
    this.kind = kind;
    this.staticIndex = staticIndex;
  }

  static TableEntry ofStaticTable(int index, String name, String value) {
    byte[] bytes = (name + value).getBytes(StandardCharsets.US_ASCII);
    int nameLength = name.length();
    // A static entry without a value serves by its name alone, whatever is legal as a value of it.
    FieldKind kind = FieldKind.of(bytes, 0, nameLength, bytes.length);
    return new TableEntry(bytes, nameLength, kind, index);
  }

  int size() {
    return bytes.length + OVERHEAD_BYTES;
  }
}
