package io.sidetrace.operator.status;

/// Whether a config may serve.
public sealed interface Acceptance {

  /// It does.
  record Accepted() implements Acceptance {}

  /// It cannot be rendered; the message names each field, its value and what was expected.
  record Invalid(String message) implements Acceptance {}

  /// An older config of the same namespace selects the same pods and serves them.
  record Conflict(String older) implements Acceptance {}
}
