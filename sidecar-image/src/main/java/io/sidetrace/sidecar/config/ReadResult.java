package io.sidetrace.sidecar.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of reading the configuration. Equal results mean that nothing changed.
public sealed interface ReadResult {
  /// The configuration is complete and fits together.
  ///
  /// @param node who this is, with the command line's values over the file's
  /// @param admin where the admin port listens; null: nowhere
  record Read(Configuration configuration, Node node, @Nullable SocketAddress admin)
      implements ReadResult {}

  /// The files cannot be used.
  ///
  /// @param refusals all that was found, never empty
  record Refused(List<Refusal> refusals) implements ReadResult {
    public Refused {
      refusals = List.copyOf(refusals);
    }
  }

  /// A file is not there, or not there yet.
  record Waiting(Path missing) implements ReadResult {}
}
