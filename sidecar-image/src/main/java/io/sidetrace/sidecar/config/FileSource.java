package io.sidetrace.sidecar.config;

import io.sidetrace.sidecar.config.document.DocumentParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Where a [ConfigReader] gets the bytes of files.
@FunctionalInterface
public interface FileSource {
  /// The file system. Of a file that is too long to be read, one byte too many is returned.
  FileSource SYSTEM =
      path -> {
        try (var in = Files.newInputStream(path)) {
          return in.readNBytes(DocumentParser.MAX_BYTES + 1);
        }
      };

  /// All bytes of a file.
  ///
  /// @throws NoSuchFileException when there is no such file (yet)
  byte[] read(Path path) throws IOException;
}
