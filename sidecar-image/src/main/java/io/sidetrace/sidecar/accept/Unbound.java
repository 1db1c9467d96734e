package io.sidetrace.sidecar.accept;

import io.sidetrace.sidecar.config.SocketAddress;

/// An address that a listener should listen on and does not.
///
/// @param spared whether the listener does without: it is an IPv6 address, the host has none, and
///   another address of the listener stands
public record Unbound(String listener, SocketAddress address, String reason, boolean spared) {
  /// For the log.
  public String message() {
    String what = "listener " + listener + ": " + address.format() + ": " + reason;
    return spared ? what + " (left out: its other addresses stand)" : what;
  }
}
