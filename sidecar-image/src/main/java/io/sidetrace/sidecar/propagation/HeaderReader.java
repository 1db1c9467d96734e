package io.sidetrace.sidecar.propagation;

import org.jspecify.annotations.Nullable;

/// Header fields as they arrived.
@FunctionalInterface
public interface HeaderReader {
  /// The first value of the field, surrounding blanks removed; null when there is none.
  ///
  /// @param name in lower case; fields match in any case
  @Nullable String first(String name);
}
