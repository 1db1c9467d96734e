package io.sidetrace.sidecar.admin;

import java.util.concurrent.CompletionStage;

/// What admin knows of the sidecar. Called on admin's event loop: nothing may block.
public interface SidecarState {

  Lifecycle lifecycle();

  /// Everything else that there is to say, of one moment. May complete on any thread.
  CompletionStage<SidecarSnapshot> snapshot();

  /// Begins to drain, once: clients are told to leave their connections. Completes when the last
  /// has left or the sidecar waits no longer, on any thread; asked again, with the same.
  CompletionStage<Void> drain();

  /// The names are Envoy's, and what `/ready` says.
  enum Lifecycle {
    INITIALIZING,
    LIVE,
    DRAINING
  }
}
