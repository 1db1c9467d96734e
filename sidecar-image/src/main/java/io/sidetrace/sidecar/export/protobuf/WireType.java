package io.sidetrace.sidecar.export.protobuf;

/// How a field's value is written: the low three bits of its tag.
final class WireType {
  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int LENGTH_DELIMITED = 2;
  static final int FIXED32 = 5;

  static final int BITS = 3;
  static final int MASK = (1 << BITS) - 1;

  private WireType() {}

  static int tag(int field, int wireType) {
    return field << BITS | wireType;
  }
}
