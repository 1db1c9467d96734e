package io.sidetrace.sidecar.exchange;

import io.sidetrace.sidecar.config.SocketAddress;
import java.net.InetSocketAddress;

/// A connection to the original destination that was begun before the protocol was known.
record EarlyUpstream(Wire wire, InetSocketAddress endpoint) {
  /// `ip:port` of the endpoint.
  String address() {
    return new SocketAddress(endpoint.getAddress().getHostAddress(), endpoint.getPort()).format();
  }
}
