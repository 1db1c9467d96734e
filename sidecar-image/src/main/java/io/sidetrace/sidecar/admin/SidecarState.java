package io.sidetrace.sidecar.admin;

import io.netty.channel.EventLoop;
import io.sidetrace.sidecar.config.Listener;
import io.sidetrace.sidecar.exchange.Rehearsal;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// What admin knows of the sidecar. Called on admin's event loop: nothing may block.
public interface SidecarState {

  Lifecycle lifecycle();

  /// Everything else that there is to say, of one moment. May complete on any thread.
  CompletionStage<SidecarSnapshot> snapshot();

  /// What would become of a request to that listener, and why; nothing is sent or counted. Null
  /// where the listener serves no HTTP.
  ///
  /// @param loop whose clock is looked at
  Rehearsal.@Nullable Decided rehearse(
      Listener listener, Rehearsal.Request request, EventLoop loop);

  /// From now on clients are told to leave their connections; traffic goes on.
  void leave();

  /// The names are Envoy's, and what `/ready` says.
  enum Lifecycle {
    INITIALIZING,
    LIVE,
    DRAINING
  }
}
