package io.sidetrace.sidecar.propagation;

/// Changes to the header fields that go on. What is neither set nor removed goes on byte for byte.
public interface HeaderWriter {
  /// Replaces every field of that name by one, or adds it.
  void set(String name, String value);

  /// Removes every field of that name.
  void remove(String name);
}
