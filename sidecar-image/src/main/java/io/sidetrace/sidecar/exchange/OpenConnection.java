package io.sidetrace.sidecar.exchange;

/// A client's connection that may have to end before its client ends it.
interface OpenConnection {
  /// Ends as soon as nothing is under way.
  void drain();

  /// What is configured has changed.
  void reconfigured();
}
