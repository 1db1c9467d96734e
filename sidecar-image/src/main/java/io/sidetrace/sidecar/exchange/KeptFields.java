package io.sidetrace.sidecar.exchange;

import io.sidetrace.sidecar.propagation.HeaderReader;
import org.jspecify.annotations.Nullable;

/// The values of a few fields, kept beyond their head. Immutable.
final class KeptFields implements HeaderReader {
  static final HeaderReader NONE = name -> null;

  private final String[] names;
  private final @Nullable String[] values;

  /// Reads the fields of those names.
  KeptFields(String[] names, HeaderReader head) {
    this.names = names;
    this.values = new String[names.length];
    for (int i = 0; i < names.length; i++) {
      values[i] = head.first(names[i]);
    }
  }

  @Override
  public @Nullable String first(String name) {
    for (int i = 0; i < names.length; i++) {
      if (names[i].equals(name)) {
        return values[i];
      }
    }
    return null;
  }
}
