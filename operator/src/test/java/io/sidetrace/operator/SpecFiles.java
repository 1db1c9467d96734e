package io.sidetrace.operator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Specs in files, one for each way in which a provider can be configured. Each is rendered, and
/// compared with a golden file, and read by the sidecar and by a real Envoy.
public final class SpecFiles {
  private static final Path FOLDER = Path.of("src", "test", "resources", "specs");
  private static final String SUFFIX = ".yaml";

  private SpecFiles() {}

  /// Their names, sorted.
  public static List<String> names() {
    try (var files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(SUFFIX))
          .map(name -> name.substring(0, name.length() - SUFFIX.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String read(String name) {
    try {
      return Files.readString(FOLDER.resolve(name + SUFFIX));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
