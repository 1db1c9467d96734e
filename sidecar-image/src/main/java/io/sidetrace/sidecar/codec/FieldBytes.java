package io.sidetrace.sidecar.codec;

/// A head's fields as bytes, whatever version of HTTP they came in.
public interface FieldBytes {
  /// The first field of that name, given in lower case; -1 when there is none.
  int indexOf(String name);

  /// The bytes that the field's value stands in.
  byte[] bytes(int index);

  int valueStart(int index);

  int valueEnd(int index);
}
