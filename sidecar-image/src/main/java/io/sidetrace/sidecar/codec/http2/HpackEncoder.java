package io.sidetrace.sidecar.codec.http2;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Writes header blocks (RFC 7541) out of fields that a decoder has read: each in the form that it
/// came in, with its texts as they were coded. Its dynamic table takes up the very entries that the
/// decoder's has, so an index is found without comparing anything. Event-loop confined; one per
/// connection and direction, next to its decoder.
public final class HpackEncoder {
  private final HeaderTable table = new HeaderTable(HpackDecoder.TABLE_BYTES);

  /// The smallest size since the last block; the receiver must be told of it before the final one.
  private int smallestSize = HpackDecoder.TABLE_BYTES;

  private boolean sizeChanged;

  /// The receiver offers a table of that size, and has been told that this is known.
  public void resizeTable(int bytes) {
    int size = Math.min(bytes, HpackDecoder.TABLE_BYTES);
    smallestSize = Math.min(sizeChanged ? smallestSize : table.maxSize(), size);
    sizeChanged |= size != table.maxSize();
    table.resize(size);
  }

  /// Begins a block.
  public void begin(ByteBuf out) {
    if (sizeChanged) {
      if (smallestSize < table.maxSize()) {
        writeInteger(0x20, 5, smallestSize, out);
      }
      writeInteger(0x20, 5, table.maxSize(), out);
      sizeChanged = false;
    }
  }

  /// Passes a field on.
  public void copy(HeaderFields fields, int index, ByteBuf out) {
    TableEntry entry = fields.entry(index);
    if (entry == null) {
      copyLiteral(fields, index, fields.form(index), out);
    } else if (fields.form(index) == HeaderFields.INDEXED) {
      writeIndexed(entry, out);
    } else if (fits(entry)) {
      copyLiteral(fields, index, HeaderFields.INDEXING, out);
      entry.sentAs = table.add(entry);
    } else {
      copyLiteral(fields, index, HeaderFields.WITHOUT_INDEXING, out);
    }
  }

  private void copyLiteral(HeaderFields fields, int index, byte form, ByteBuf out) {
    TableEntry nameEntry = fields.nameEntry(index);
    writeName(nameEntry, form, out);
    int from = fields.blockStart(index);
    out.writeBytes(fields.block(), from, fields.blockEnd(index) - from);
  }

  /// Writes how the literal comes, and its name where an entry gives it.
  private void writeName(@Nullable TableEntry nameEntry, byte form, ByteBuf out) {
    int index = nameEntry == null ? 0 : indexOf(nameEntry);
    writeInteger(form, form == HeaderFields.INDEXING ? 6 : 4, index, out);
    if (nameEntry != null && index == 0) {
      writeText(nameEntry.bytes, 0, nameEntry.nameLength, out);
    }
  }

  /// The sender's table has the entry; the receiver's may never have had it, or not any more.
  private void writeIndexed(TableEntry entry, ByteBuf out) {
    int index = indexOf(entry);
    if (index > 0) {
      writeInteger(HeaderFields.INDEXED, 7, index, out);
      return;
    }
    boolean fits = fits(entry);
    writeInteger(
        fits ? HeaderFields.INDEXING : HeaderFields.WITHOUT_INDEXING, fits ? 6 : 4, 0, out);
    writeText(entry.bytes, 0, entry.nameLength, out);
    writeText(entry.bytes, entry.nameLength, entry.bytes.length - entry.nameLength, out);
    if (fits) {
      entry.sentAs = table.add(entry);
    }
  }

  /// One that is larger than the table would only empty it.
  private boolean fits(TableEntry entry) {
    return entry.size() <= table.maxSize();
  }

  /// The index that the receiver has the entry under; 0 when it has it not.
  private int indexOf(TableEntry entry) {
    if (entry.staticIndex > 0) {
      return entry.staticIndex;
    }
    int age = entry.sentAs == TableEntry.NOT_SENT ? -1 : table.ageOf(entry.sentAs);
    return age < 0 ? 0 : StaticTable.SIZE + 1 + age;
  }

  /// Writes a field of our own, that no table remembers: its value is another one next time.
  ///
  /// @param name in lower case
  public void literal(String name, String value, ByteBuf out) {
    literal(HeaderFields.WITHOUT_INDEXING, name, value, out);
  }

  /// Writes a field of our own that nobody on the way may remember.
  ///
  /// @param name in lower case
  public void secret(String name, String value, ByteBuf out) {
    literal(HeaderFields.NEVER_INDEXED, name, value, out);
  }

  private static void literal(byte form, String name, String value, ByteBuf out) {
    out.writeByte(form);
    writeText(name, out);
    writeText(value, out);
  }

  private static void writeText(String text, ByteBuf out) {
    writeInteger(0, 7, text.length(), out);
    out.writeCharSequence(text, StandardCharsets.ISO_8859_1);
  }

  private static void writeText(byte[] bytes, int from, int length, ByteBuf out) {
    writeInteger(0, 7, length, out);
    out.writeBytes(bytes, from, length);
  }

  private static void writeInteger(int form, int prefixBits, int value, ByteBuf out) {
    int most = (1 << prefixBits) - 1;
    if (value < most) {
      out.writeByte(form | value);
      return;
    }
    out.writeByte(form | most);
    int rest = value - most;
    while (rest > 0x7f) {
      out.writeByte((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.writeByte(rest);
  }
}
