package io.sidetrace.sidecar.export.protobuf;

import io.netty.buffer.ByteBuf;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// A message, written front to back into an array that is kept for the next one.
///
///     int attribute = span.open(9);
///     span.text(1, "http.method").text(2, "GET").close(attribute);
///
/// Values that are their type's default are written like others: who wants them left out asks
/// first. Confined to one thread.
public final class ProtobufBuffer {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final VarHandle BIG_ENDIAN_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /// Of 64 bits, seven a byte.
  private static final int LONGEST_VARINT = 10;

  /// Of a field's number and its wire type.
  private static final int LONGEST_TAG = 5;

  /// The most bytes that one char can take; a surrogate pair takes four for two.
  private static final int WIDEST = 3;

  /// A span of ordinary size fits.
  private static final int FIRST_BYTES = 2 * 1024;

  /// A larger array, left behind by one span with an enormous header, is not kept.
  private static final int MOST_KEPT_BYTES = 64 * 1024;

  private byte[] bytes = new byte[FIRST_BYTES];
  private int length;

  /// A field of one of the integer types, or an enumeration's.
  public ProtobufBuffer varint(int field, long value) {
    tag(field, WireType.VARINT);
    reserve(LONGEST_VARINT);
    writeVarint(value);
    return this;
  }

  public ProtobufBuffer fixed64(int field, long value) {
    tag(field, WireType.FIXED64);
    reserve(Long.BYTES);
    LONG.set(bytes, length, value);
    length += Long.BYTES;
    return this;
  }

  public ProtobufBuffer fixed32(int field, int value) {
    tag(field, WireType.FIXED32);
    reserve(Integer.BYTES);
    INT.set(bytes, length, value);
    length += Integer.BYTES;
    return this;
  }

  /// A field of bytes: the word, the most significant byte first, as identifiers are written.
  public ProtobufBuffer word(int field, long word) {
    tag(field, WireType.LENGTH_DELIMITED);
    reserve(1 + Long.BYTES);
    bytes[length++] = Long.BYTES;
    putWord(word);
    return this;
  }

  /// A field of bytes: both words.
  public ProtobufBuffer words(int field, long high, long low) {
    tag(field, WireType.LENGTH_DELIMITED);
    reserve(1 + 2 * Long.BYTES);
    bytes[length++] = 2 * Long.BYTES;
    putWord(high);
    putWord(low);
    return this;
  }

  private void putWord(long word) {
    BIG_ENDIAN_LONG.set(bytes, length, word);
    length += Long.BYTES;
  }

  /// A field of bytes as they are.
  public ProtobufBuffer bytes(int field, byte[] value) {
    int start = open(field);
    return raw(value).close(start);
  }

  /// A field of text. Half a surrogate pair has no UTF-8 form and becomes U+FFFD.
  public ProtobufBuffer text(int field, String text) {
    int start = open(field);
    utf8(text);
    return close(start);
  }

  /// Begins a message in that field; what is written next is its content.
  ///
  /// @return where it begins, for `close`
  public int open(int field) {
    tag(field, WireType.LENGTH_DELIMITED);
    reserve(1);
    return ++length;
  }

  /// Ends the message that began there. Most are short: one byte was left for the length, and what
  /// is longer is moved on.
  public ProtobufBuffer close(int start) {
    int size = length - start;
    if (size > 0x7f) {
      int more = varintBytes(size) - 1;
      reserve(more);
      System.arraycopy(bytes, start, bytes, start + more, size);
      length = start - 1;
      writeVarint(size);
      length += size;
    } else {
      bytes[start - 1] = (byte) size;
    }
    return this;
  }

  /// Fields that are encoded already.
  public ProtobufBuffer raw(byte[] fields) {
    reserve(fields.length);
    System.arraycopy(fields, 0, bytes, length, fields.length);
    length += fields.length;
    return this;
  }

  private void tag(int field, int wireType) {
    reserve(LONGEST_TAG);
    writeVarint(WireType.tag(field, wireType));
  }

  private void writeVarint(long value) {
    long rest = value;
    for (; (rest & ~0x7fL) != 0; rest >>>= 7) {
      bytes[length++] = (byte) (rest | 0x80);
    }
    bytes[length++] = (byte) rest;
  }

  private static int varintBytes(int value) {
    return (Integer.SIZE + 6 - Integer.numberOfLeadingZeros(value | 1)) / 7;
  }

  private void utf8(String text) {
    int chars = text.length();
    reserve(chars * WIDEST);
    byte[] to = bytes; // a local: the first-tier compiler would load the field for each char
    int at = length;
    for (int i = 0; i < chars; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        length = at;
        unusual(text, i);
        return;
      }
      to[at++] = (byte) c;
    }
    length = at;
  }

  /// The rest of a text, from its first char on that is not ASCII.
  private void unusual(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogatePair(c, i + 1 < text.length() ? text.charAt(i + 1) : 0)) {
        fourBytes(Character.toCodePoint(c, text.charAt(++i)));
      } else if (c < 0x80) {
        bytes[length++] = (byte) c;
      } else {
        twoOrThreeBytes(Character.isSurrogate(c) ? '\ufffd' : c);
      }
    }
  }

  private void twoOrThreeBytes(char c) {
    if (c < 0x800) {
      bytes[length++] = (byte) (0xc0 | (c >> 6));
    } else {
      bytes[length++] = (byte) (0xe0 | (c >> 12));
      following(c >> 6);
    }
    following(c);
  }

  private void fourBytes(int codePoint) {
    bytes[length++] = (byte) (0xf0 | (codePoint >> 18));
    following(codePoint >> 12);
    following(codePoint >> 6);
    following(codePoint);
  }

  private void following(int bits) {
    bytes[length++] = (byte) (0x80 | (bits & 0x3f));
  }

  private void reserve(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
    }
  }

  public byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  /// Appends what was written to `out`, as a message in that field of the one there, and begins
  /// anew.
  public void moveTo(ByteBuf out, int field) {
    int size = length;
    tag(field, WireType.LENGTH_DELIMITED);
    reserve(LONGEST_VARINT);
    writeVarint(size);
    out.writeBytes(bytes, size, length - size).writeBytes(bytes, 0, size);
    clear();
  }

  /// Forgets what was written, by a span that failed half-way perhaps.
  public void clear() {
    length = 0;
    if (bytes.length > MOST_KEPT_BYTES) {
      bytes = new byte[FIRST_BYTES];
    }
  }
}
