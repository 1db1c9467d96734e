package io.sidetrace.sidecar.propagation;

import java.math.BigInteger;

/// Another reader of LightStep's carrier: it takes bytes off the front, and throws at what is none.
final class WireReader {
  private final byte[] bytes;
  private int at;
  private long traceId;
  private long spanId;

  WireReader(byte[] bytes) {
    this.bytes = bytes;
  }

  long traceId() {
    return traceId;
  }

  long spanId() {
    return spanId;
  }

  /// Reads all fields of the carrier.
  void read() {
    while (at < bytes.length) {
      long key = varint();
      if (key == 0x12) {
        int length = length(varint());
        readContext(at + length);
      } else {
        skip(key);
      }
    }
  }

  private void readContext(int end) {
    while (at < end) {
      long key = varint();
      if (key == 0x09) {
        traceId = fixed64();
      } else if (key == 0x11) {
        spanId = fixed64();
      } else {
        skip(key);
      }
    }
    if (at != end) {
      throw new IllegalArgumentException("a field beyond its message's end");
    }
  }

  private void skip(long key) {
    if (key >>> 3 == 0 || key > 0xffff_ffffL) {
      throw new IllegalArgumentException("field " + key);
    }
    switch ((int) key & 7) {
      case 0 -> varint();
      case 1 -> fixed64();
      case 2 -> {
        int length = length(varint());
        at += length;
      }
      case 5 -> at += length(4);
      default -> throw new IllegalArgumentException("wire type of " + key);
    }
  }

  private int length(long count) {
    if (count < 0 || count > bytes.length - at) {
      throw new IllegalArgumentException("length " + count);
    }
    return (int) count;
  }

  private long fixed64() {
    byte[] reversed = new byte[8];
    for (int i = 7; i >= 0; i--) {
      reversed[i] = bytes[at++];
    }
    return new BigInteger(reversed).longValue();
  }

  private long varint() {
    var value = BigInteger.ZERO;
    for (int i = 0; i < 10; i++) {
      int next = bytes[at++] & 0xff;
      value = value.or(BigInteger.valueOf(next & 0x7f).shiftLeft(7 * i));
      if (next < 0x80) {
        return value.longValue();
      }
    }
    throw new IllegalArgumentException("a number of more than ten bytes");
  }
}
