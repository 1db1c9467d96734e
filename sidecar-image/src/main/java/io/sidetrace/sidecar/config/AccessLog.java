package io.sidetrace.sidecar.config;

import io.sidetrace.sidecar.format.Format;
import io.sidetrace.sidecar.format.JsonFormat;
import java.nio.file.Path;

/// One access log: a line per exchange.
public record AccessLog(Destination destination, Layout layout) {

  /// Where lines go.
  public sealed interface Destination {
    record StandardOutput() implements Destination {}

    record StandardError() implements Destination {}

    record File(Path path) implements Destination {}
  }

  /// What a line says.
  public sealed interface Layout {
    /// The format as it is: a line feed at the end is its own.
    record Text(Format format) implements Layout {}

    /// A document, and a line feed.
    record Json(JsonFormat format) implements Layout {}
  }
}
