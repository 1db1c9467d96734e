package io.sidetrace.sidecar.config.provider;

import io.sidetrace.sidecar.config.document.Field;
import org.jspecify.annotations.Nullable;

/// Reads the files that a provider's settings name, with the configuration and as a part of it.
@FunctionalInterface
public interface TextFiles {
  /// The text of the file whose path stands in the field; null where it is refused, or not there
  /// yet.
  @Nullable String read(Field path);
}
