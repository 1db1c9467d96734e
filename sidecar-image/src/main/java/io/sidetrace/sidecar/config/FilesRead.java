package io.sidetrace.sidecar.config;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The files that one reading went through, as it found them. Used by one thread at a time.
final class FilesRead implements FileSource {
  private final FileSource files;

  /// null: there was no such file.
  private final Map<Path, byte @Nullable []> found = new HashMap<>();

  private boolean readable = true;

  /// @param files where they are
  FilesRead(FileSource files) {
    this.files = files;
  }

  @Override
  public byte[] read(Path path) throws IOException {
    try {
      byte[] bytes = files.read(path);
      found.put(path, bytes);
      return bytes;
    } catch (NoSuchFileException e) {
      found.put(path, null);
      throw e;
    } catch (IOException e) {
      readable = false;
      throw e;
    }
  }

  /// Whether a reading now would find the same. It would not where one failed: the next may do
  /// better.
  boolean areUnchanged() {
    return readable
        && found.entrySet().stream().allMatch(file -> isUnchanged(file.getKey(), file.getValue()));
  }

  private boolean isUnchanged(Path path, byte @Nullable [] before) {
    try {
      byte[] now = files.read(path);
      return before != null && Arrays.equals(before, now);
    } catch (NoSuchFileException e) {
      return before == null;
    } catch (IOException e) {
      return false;
    }
  }
}
