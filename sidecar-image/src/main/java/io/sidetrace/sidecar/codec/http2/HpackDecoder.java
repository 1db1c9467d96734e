package io.sidetrace.sidecar.codec.http2;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads header blocks (RFC 7541), in the order in which they came. Event-loop confined; one per
/// connection and direction.
public final class HpackDecoder {
  /// The size of the dynamic table at the start, and the largest that a peer is ever offered here:
  /// two tables for each direction of a connection make four of these.
  public static final int TABLE_BYTES = 4096;

  /// A table may be told a smaller size and then its final one (RFC 7541 section 4.2).
  private static final int MAX_SIZE_UPDATES = 2;

  /// An integer's 28 bits behind its prefix are more than any block has bytes.
  private static final int MAX_INTEGER_SHIFT = 21;

  private static final int MALFORMED = -1;

  private final int listLimit;
  private final HeaderTable table = new HeaderTable(TABLE_BYTES);
  private int sizeLimit = TABLE_BYTES;
  private byte[] in = {};
  private int at;
  private int end;

  /// @param listLimit of the fields of a block, each counted as in a table: what a few indices can
  ///   make of a large entry is bounded by it
  public HpackDecoder(int listLimit) {
    this.listLimit = listLimit;
  }

  /// The sender has agreed to keep its table to that size. It says so in its next block; a table
  /// that is larger until then is no harm.
  public void limitTable(int bytes) {
    sizeLimit = bytes;
  }

  /// Reads one whole block.
  ///
  /// @return null when the fields are there
  public @Nullable Violation decode(HeaderBlock block, HeaderFields out) {
    in = block.bytes();
    at = 0;
    end = block.length();
    out.begin(in);
    if (!readSizeUpdates()) {
      return Violation.COMPRESSION;
    }
    int listSize = 0;
    while (at < end) {
      int before = out.count();
      if (!readField(out)) {
        return Violation.COMPRESSION;
      }
      listSize += out.valueEnd(before) - out.nameStart(before) + TableEntry.OVERHEAD_BYTES;
      if (listSize > listLimit) {
        return Violation.HEADERS_TOO_LARGE;
      }
    }
    return null;
  }

  private boolean readSizeUpdates() {
    for (int updates = 0; at < end && (in[at] & 0xe0) == 0x20; updates++) {
      int size = readInteger(5);
      if (size == MALFORMED || size > sizeLimit || updates == MAX_SIZE_UPDATES) {
        return false;
      }
      table.resize(size);
    }
    return true;
  }

  private boolean readField(HeaderFields out) {
    byte first = in[at];
    if (first < 0) {
      return readIndexed(out);
    }
    if ((first & HeaderFields.INDEXING) != 0) {
      return readLiteral(HeaderFields.INDEXING, 6, out);
    }
    boolean never = (first & HeaderFields.NEVER_INDEXED) != 0;
    return (first & 0x20) == 0
        && readLiteral(never ? HeaderFields.NEVER_INDEXED : HeaderFields.WITHOUT_INDEXING, 4, out);
  }

  private boolean readIndexed(HeaderFields out) {
    TableEntry entry = entry(readInteger(7));
    if (entry == null) {
      return false;
    }
    out.addIndexed(entry);
    return true;
  }

  private boolean readLiteral(byte form, int prefixBits, HeaderFields out) {
    int index = readInteger(prefixBits);
    TableEntry nameEntry = index == 0 ? null : entry(index);
    if (index != 0 && nameEntry == null) {
      return false;
    }
    int from = at;
    int name = out.room(0);
    if (nameEntry != null) {
      copyName(nameEntry, out);
    } else if (!readText(out)) {
      return false;
    }
    int value = out.room(0);
    if (!readText(out)) {
      return false;
    }
    if (form == HeaderFields.INDEXING) {
      addToTable(nameEntry, name, value, out);
    } else {
      out.addLiteral(form, nameEntry, name, value);
    }
    out.cameFrom(from, at);
    return true;
  }

  private static void copyName(TableEntry entry, HeaderFields out) {
    int to = out.room(entry.nameLength);
    System.arraycopy(entry.bytes, 0, out.text(), to, entry.nameLength);
    out.written(to + entry.nameLength);
  }

  private void addToTable(@Nullable TableEntry nameEntry, int name, int value, HeaderFields out) {
    int to = out.room(0);
    byte[] bytes = Arrays.copyOfRange(out.text(), name, to);
    int nameLength = value - name;
    FieldKind kind = FieldKind.of(bytes, 0, nameLength, bytes.length);
    TableEntry entry = new TableEntry(bytes, nameLength, kind);
    table.add(entry);
    out.written(name); // the entry has the text now
    out.addIndexing(entry, nameEntry);
  }

  private @Nullable TableEntry entry(int index) {
    if (index <= 0) {
      return null;
    }
    return index <= StaticTable.SIZE
        ? StaticTable.get(index)
        : table.get(index - StaticTable.SIZE - 1);
  }

  /// Reads a text behind those that stand there.
  private boolean readText(HeaderFields out) {
    if (at == end) {
      return false;
    }
    boolean coded = in[at] < 0;
    int length = readInteger(7);
    if (length == MALFORMED || length > end - at) {
      return false;
    }
    int from = at;
    at += length;
    if (coded) {
      int to = out.room(Huffman.longestText(length));
      int textEnd = Huffman.decode(in, from, at, out.text(), to);
      out.written(Math.max(to, textEnd));
      return textEnd >= 0;
    }
    int to = out.room(length);
    System.arraycopy(in, from, out.text(), to, length);
    out.written(to + length);
    return true;
  }

  /// RFC 7541 section 5.1; there is a byte to begin with.
  private int readInteger(int prefixBits) {
    int most = (1 << prefixBits) - 1;
    int value = in[at++] & most;
    if (value < most) {
      return value;
    }
    for (int shift = 0; at < end && shift <= MAX_INTEGER_SHIFT; shift += 7) {
      int octet = in[at++];
      value += (octet & 0x7f) << shift;
      if (octet >= 0) {
        return value;
      }
    }
    return MALFORMED;
  }
}
