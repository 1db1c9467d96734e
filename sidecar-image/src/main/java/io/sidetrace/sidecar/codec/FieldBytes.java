package io.sidetrace.sidecar.codec;

import org.jspecify.annotations.Nullable;

/// A head's fields as bytes, whatever version of HTTP they came in.
public interface FieldBytes {
  /// The first field of that name, given in lower case; -1 when there is none.
  default int indexOf(String name) {
    return indexOf(name, 0);
  }

  /// Whether the field has that name, given in lower case.
  boolean named(int index, String name);

  /// The first field of that name from an index on; -1 when there is none.
  int indexOf(String name, int from);

  /// The values of all fields of that name, as the list that they are; null when there is none.
  ///
  /// @param name in lower case
  @Nullable String joined(String name);

  /// The bytes that the field's value stands in.
  byte[] bytes(int index);

  int valueStart(int index);

  int valueEnd(int index);
}
