package io.sidetrace.sidecar.propagation;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The fields of a message in Protocol Buffers, one after the other. Used once.
final class ProtobufFields {
  /// Wire types.
  static final int VARINT = 0;

  static final int FIXED64 = 1;
  static final int BYTES = 2;
  private static final int FIXED32 = 5;

  /// Bytes of the longest number: 64 bits, seven a byte.
  static final int MAX_VARINT = 10;

  private final byte[] bytes;
  private final int end;
  private int at;
  private int start;
  private int tag;
  private long number;
  private int length;
  private boolean whole = true;

  ProtobufFields(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.at = from;
    this.end = to;
  }

  /// Goes to the next field; false at the end, and at what is none.
  boolean next() {
    if (at == end || !whole) {
      return false;
    }
    start = at;
    whole = readVarint();
    if (whole) {
      tag = (int) number;
      whole = number >>> 3 != 0 && number == tag && readValue(tag & 7);
    }
    return whole;
  }

  private boolean readValue(int wireType) {
    return switch (wireType) {
      case VARINT -> readVarint();
      case FIXED64 -> skip(Long.BYTES);
      case FIXED32 -> skip(Integer.BYTES);
      case BYTES -> readVarint() && number >= 0 && number <= end - at && skip((int) number);
      default -> false;
    };
  }

  private boolean skip(int count) {
    if (count > end - at) {
      return false;
    }
    if (count == Long.BYTES) {
      number = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(at);
    }
    length = count;
    at += count;
    return true;
  }

  private boolean readVarint() {
    number = 0;
    for (int i = 0; i < MAX_VARINT && at < end; i++) {
      byte next = bytes[at++];
      number |= (long) (next & 0x7f) << (7 * i);
      if (next >= 0) {
        return true;
      }
    }
    return false;
  }

  /// Whether there was nothing but fields.
  boolean isWhole() {
    return whole;
  }

  /// The field's number and wire type.
  int tag() {
    return tag;
  }

  /// The value of a field of 64 bits or of a varint.
  long number() {
    return number;
  }

  /// The fields of a field that is a message.
  ProtobufFields content() {
    return new ProtobufFields(bytes, at - length, at);
  }

  /// Copies the field, tag and all.
  void copyTo(ByteBuffer out) {
    out.put(bytes, start, at - start);
  }

  static void writeVarint(int number, ByteBuffer out) {
    int rest = number;
    while (rest > 0x7f) {
      out.put((byte) (rest | 0x80));
      rest >>>= 7;
    }
    out.put((byte) rest);
  }
}
