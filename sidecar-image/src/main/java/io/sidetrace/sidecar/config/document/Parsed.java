package io.sidetrace.sidecar.config.document;

/// What became of a document's bytes.
public sealed interface Parsed {
  record Document(Value.Mapping root) implements Parsed {}

  /// The bytes are no document.
  ///
  /// @param reason where the text breaks and what was expected there
  record Malformed(String reason) implements Parsed {}
}
