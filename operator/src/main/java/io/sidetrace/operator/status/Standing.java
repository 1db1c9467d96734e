package io.sidetrace.operator.status;

/// How a pod that a config is for stands to it. Messages are for people; reasons are words that can
/// be counted.
public sealed interface Standing {

  /// Its sidecar says that it has applied what the controller rendered.
  record Current() implements Standing {}

  /// Its sidecar uses something else.
  record Outdated(String reason, String message) implements Standing {}

  /// Its sidecar could not be asked: nothing is guessed.
  record Unknown(String message) implements Standing {}

  /// It should have a sidecar and has none.
  record Missing(String reason, String message) implements Standing {}
}
