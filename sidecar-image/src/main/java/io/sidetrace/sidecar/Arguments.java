package io.sidetrace.sidecar;

import io.sidetrace.sidecar.config.Node;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The command line: Envoy's flags, and what a sidecar in a pod needs besides.
///
/// @param config `--config-path`; null only where `configYaml` stands alone
/// @param configYaml `--config-yaml`, merged over the file; empty: nothing
/// @param concurrency event loops; empty: as many as suits
/// @param node what the command line says of it; empty texts where it says nothing
/// @param statusPort where kubelet, operator and Prometheus ask; empty: nowhere
/// @param awaitConfig whether absent files are waited for instead of refused
/// @param interceptionReport the file in which the redirect says what became of it; null: none
record Arguments(
    @Nullable Path config,
    String configYaml,
    Mode mode,
    OptionalInt concurrency,
    Node node,
    LogLevel logLevel,
    OptionalInt statusPort,
    boolean awaitConfig,
    @Nullable Path interceptionReport) {

  enum Mode {
    SERVE,
    /// Reads the configuration, says what it thinks of it, and ends.
    VALIDATE
  }

  enum LogLevel {
    TRACE,
    DEBUG,
    INFO,
    WARN,
    ERROR,
    CRITICAL,
    OFF
  }

  /// What a command line asks for.
  sealed interface Request {
    /// To run.
    record Run(Arguments arguments) implements Request {}

    /// To explain the flags.
    record Help() implements Request {}

    /// To say which version this is.
    record Version() implements Request {}

    /// Something that is not understood; one message for each such argument.
    record Wrong(List<String> messages) implements Request {
      public Wrong {
        messages = List.copyOf(messages);
      }
    }
  }

  static Request parse(List<String> arguments) {
    return new ArgumentsParser().parse(arguments);
  }

  /// The flags, one a line.
  static String usage() {
    return Arrays.stream(Flag.values())
        .map(Flag::usage)
        .collect(Collectors.joining("\n", "sidetrace -c FILE [FLAG…]\n\n", "\n"));
  }
}
