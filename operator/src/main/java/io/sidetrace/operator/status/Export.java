package io.sidetrace.operator.status;

/// What became of the spans that a sidecar sent last.
public sealed interface Export {

  /// It has sent none yet, or could not be asked.
  record None() implements Export {}

  record Arrived() implements Export {}

  /// It is not there.
  ///
  /// @param outcome what the sidecar met, in its words
  record Failed(String outcome) implements Export {}
}
