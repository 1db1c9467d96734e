package io.sidetrace.sidecar.export.datadog;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// MessagePack, written front to back into an array that is kept for the next span. Counts that are
/// not known yet are left open in 16 bits and filled in. Confined to one thread.
final class MsgpackBuffer {
  private static final int FIX_MAP = 0x80;
  private static final int FIX_STR = 0xa0;
  private static final int MOST_FIX_STR = 31;
  private static final int FLOAT_64 = 0xcb;
  private static final int UINT_64 = 0xcf;
  private static final int STR_8 = 0xd9;
  private static final int STR_16 = 0xda;
  private static final int STR_32 = 0xdb;
  private static final int MAP_16 = 0xde;

  /// The longest head: a byte and 32 bits of length.
  private static final int LONGEST_HEAD = 5;

  /// A span of ordinary size fits.
  private static final int FIRST_BYTES = 2 * 1024;

  /// A larger array, left behind by one span with an enormous header, is not kept.
  private static final int MOST_KEPT_BYTES = 64 * 1024;

  private byte[] bytes = new byte[FIRST_BYTES];
  private int length;

  /// What is MessagePack already.
  MsgpackBuffer raw(byte[] written) {
    reserve(written.length);
    System.arraycopy(written, 0, bytes, length, written.length);
    length += written.length;
    return this;
  }

  /// The head of a map of at most 15 entries.
  MsgpackBuffer smallMap(int entries) {
    reserve(1);
    bytes[length++] = (byte) (FIX_MAP | entries);
    return this;
  }

  /// The head of a map whose entries are counted by [#closeMap].
  ///
  /// @return what `closeMap` needs
  int openMap() {
    reserve(3);
    bytes[length] = (byte) MAP_16;
    length += 3;
    return length;
  }

  void closeMap(int opened, int entries) {
    if (entries > 0xffff) {
      throw new IllegalArgumentException("map: " + entries + " entries (expected: <= 65535)");
    }
    bytes[opened - 2] = (byte) (entries >> 8);
    bytes[opened - 1] = (byte) entries;
  }

  /// An identifier, all 64 bits of it.
  MsgpackBuffer word(long word) {
    reserve(9);
    bytes[length++] = (byte) UINT_64;
    bigEndian(word, 8);
    return this;
  }

  MsgpackBuffer number(double number) {
    reserve(9);
    bytes[length++] = (byte) FLOAT_64;
    bigEndian(Double.doubleToRawLongBits(number), 8);
    return this;
  }

  /// 0 to 127, which are the byte that they are.
  MsgpackBuffer digit(int number) {
    reserve(1);
    bytes[length++] = (byte) number;
    return this;
  }

  /// A text. Half a surrogate pair has no UTF-8 form and becomes a question mark.
  @SuppressWarnings("deprecation") // the byte-for-char copy is exact for ASCII, and the fastest
  MsgpackBuffer text(String text) {
    if (!isAscii(text)) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      textHead(utf8.length);
      return raw(utf8);
    }
    int characters = text.length();
    textHead(characters);
    reserve(characters);
    text.getBytes(0, characters, bytes, length);
    length += characters;
    return this;
  }

  private static boolean isAscii(String text) {
    int bits = 0;
    for (int i = 0; i < text.length(); i++) {
      bits |= text.charAt(i);
    }
    return bits < 0x80;
  }

  private static int headLength(int textLength) {
    if (textLength <= MOST_FIX_STR) {
      return 1;
    }
    if (textLength <= 0xff) {
      return 2;
    }
    return textLength <= 0xffff ? 3 : LONGEST_HEAD;
  }

  private void textHead(int textLength) {
    reserve(LONGEST_HEAD);
    switch (headLength(textLength)) {
      case 1 -> bytes[length++] = (byte) (FIX_STR | textLength);
      case 2 -> head(STR_8, textLength, 1);
      case 3 -> head(STR_16, textLength, 2);
      default -> head(STR_32, textLength, 4);
    }
  }

  private void head(int type, int textLength, int octets) {
    bytes[length++] = (byte) type;
    bigEndian(textLength, octets);
  }

  private void bigEndian(long word, int octets) {
    for (int shift = (octets - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      bytes[length++] = (byte) (word >>> shift);
    }
  }

  private void reserve(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
    }
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  int length() {
    return length;
  }

  /// Appends what was written to `out`.
  void copyTo(ByteBuf out) {
    out.writeBytes(bytes, 0, length);
  }

  /// Forgets what was written, by a span that failed half-way perhaps.
  void clear() {
    length = 0;
    if (bytes.length > MOST_KEPT_BYTES) {
      bytes = new byte[FIRST_BYTES];
    }
  }
}
