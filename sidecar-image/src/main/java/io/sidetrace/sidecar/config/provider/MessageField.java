package io.sidetrace.sidecar.config.provider;

import java.nio.file.Path;

/// A header field of every message to a collector, or its metadata where that is gRPC. Its value
/// may be a credential, so it is never shown.
///
/// @param name in lower case
/// @param prefix stands before the value: `Bearer `
public record MessageField(String name, Source source, String prefix) {
  /// Where the value comes from.
  public sealed interface Source {
    /// The text of a file, without white space at its ends; read again when it changes.
    record File(Path path) implements Source {}

    /// The configuration itself.
    record Inline(String text) implements Source {
      @Override
      public String toString() {
        return "Inline[not shown]";
      }
    }
  }

  /// A field whose value stands in the configuration.
  public static MessageField inline(String name, String value) {
    return new MessageField(name, new Source.Inline(value), "");
  }
}
