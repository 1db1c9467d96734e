package io.sidetrace.sidecar.propagation;

import org.jspecify.annotations.Nullable;

/// A request's head as it came, as far as formats look at it.
public interface ReceivedRequest extends HeaderReader {
  /// The values of all fields of that name, as the list that they are; null when there is none.
  ///
  /// @param name in lower case; fields match in any case
  @Nullable String joined(String name);

  /// The request target as it came, query included.
  String path();

  /// The Host field or `:authority`, or what a target in absolute form says; empty when there is
  /// none.
  String authority();
}
