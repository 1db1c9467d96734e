package io.sidetrace.sidecar.export.protobuf;

import java.nio.charset.StandardCharsets;

/// Reads a message field by field. What is no message ends early, as if it ended there: an answer
/// that cannot be read says nothing. Confined to one thread.
///
///     while (reader.next()) {
///       if (reader.field() == 1) {
///         rejected = reader.number();
///       }
///     }
public final class ProtobufReader {
  private static final int MOST_SHIFT = 63;

  private final byte[] bytes;
  private final int end;
  private int at;
  private int field;
  private long number;
  private int valueStart;
  private int valueEnd;

  /// The whole array is one message.
  public ProtobufReader(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  private ProtobufReader(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  /// Moves to the next field.
  ///
  /// @return whether there is one
  public boolean next() {
    number = 0;
    valueStart = at;
    valueEnd = at;
    if (at >= end || !readVarint()) {
      return false;
    }
    int tag = (int) number;
    field = tag >>> WireType.BITS;
    return switch (tag & WireType.MASK) {
      case WireType.VARINT -> readVarint();
      case WireType.FIXED64 -> readFixed(Long.BYTES);
      case WireType.FIXED32 -> readFixed(Integer.BYTES);
      case WireType.LENGTH_DELIMITED -> readVarint() && readBytes(number);
      default -> false;
    };
  }

  private boolean readVarint() {
    number = 0;
    for (int shift = 0; at < end && shift <= MOST_SHIFT; shift += 7) {
      byte octet = bytes[at++];
      number |= (octet & 0x7fL) << shift;
      if (octet >= 0) {
        return true;
      }
    }
    return false;
  }

  private boolean readFixed(int size) {
    number = 0;
    if (end - at < size) {
      return false;
    }
    for (int i = size - 1; i >= 0; i--) {
      number = (number << Byte.SIZE) | (bytes[at + i] & 0xff);
    }
    at += size;
    return true;
  }

  private boolean readBytes(long size) {
    number = 0;
    if (size < 0 || size > end - at) {
      return false;
    }
    valueStart = at;
    at += (int) size;
    valueEnd = at;
    return true;
  }

  /// Which field this is.
  public int field() {
    return field;
  }

  /// Its value as a number; 0 where it is none.
  public long number() {
    return number;
  }

  /// Its value as text; empty where it has no length.
  public String text() {
    return new String(bytes, valueStart, valueEnd - valueStart, StandardCharsets.UTF_8);
  }

  /// Its value as a message; one without fields where it has no length.
  public ProtobufReader message() {
    return new ProtobufReader(bytes, valueStart, valueEnd);
  }
}
