package io.sidetrace.sidecar.exchange;

/// A client's connection that may have to end before its client ends it.
interface OpenConnection {
  /// Tells the client to leave. What it has sent, or sends until it has heard of it, is served.
  void leave();

  /// Ends, if nothing is under way.
  void closeIfAtRest();

  /// What is configured has changed.
  void reconfigured();
}
