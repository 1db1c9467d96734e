package io.sidetrace.sidecar.config;

import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the configuration: the bootstrap file with the command line's text and values over it, and
/// the files that it names. Files that are as they were last time are not parsed again.
/// Thread-safe.
public final class ConfigReader {
  private final @Nullable Path bootstrap;
  private final String overlay;
  private final Node node;
  private final FileSource files;
  private @Nullable Pass last;

  /// Reads from the file system.
  ///
  /// @param bootstrap `--config-path`; null where only `--config-yaml` is given
  /// @param overlay `--config-yaml`, merged over the file; empty: nothing
  /// @param node `--service-node`, `--service-cluster`, `--service-zone`; an empty text overrides
  ///   nothing
  public ConfigReader(@Nullable Path bootstrap, String overlay, Node node) {
    this(bootstrap, overlay, node, FileSource.SYSTEM);
  }

  public ConfigReader(@Nullable Path bootstrap, String overlay, Node node, FileSource files) {
    this.bootstrap = bootstrap;
    this.overlay = overlay;
    this.node = node;
    this.files = files;
  }

  public ReadResult read() {
    return pass().result();
  }

  synchronized Pass pass() {
    if (last == null || !last.files().areUnchanged()) {
      var read = new FilesRead(files);
      var reading = new ConfigReading(read);
      last = new Pass(reading.read(bootstrap, overlay, node), reading.directories(), read);
    }
    return last;
  }

  /// @param directories where a change may make the next result another
  record Pass(ReadResult result, Set<Path> directories, FilesRead files) {}
}
