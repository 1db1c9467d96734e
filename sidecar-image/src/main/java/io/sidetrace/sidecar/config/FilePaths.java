package io.sidetrace.sidecar.config;

import io.sidetrace.sidecar.config.document.Field;
import java.nio.file.Path;

/// Reads the paths of files and directories.
final class FilePaths {
  private FilePaths() {}

  static Path required(Field field) {
    String path = field.requiredText();
    if (path.indexOf('\0') >= 0) {
      field.refuse("a path with a NUL character (expected: none)");
      return Path.of("");
    }
    return Path.of(path);
  }
}
