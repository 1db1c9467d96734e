package io.sidetrace.operator.sidecars;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// Which addresses are a pod's. The kubelet reports them, but who may write a pod's status may
/// write others there: those that lead to this very pod or to its node's metadata are refused.
final class PodAddress {

  private PodAddress() {}

  /// Null for what is no address, and for one that no pod has. Never asks a resolver.
  static @Nullable InetAddress parse(String text) {
    try {
      var address = InetAddress.ofLiteral(text);
      boolean isNoPods =
          address.isAnyLocalAddress()
              || address.isLoopbackAddress()
              || address.isLinkLocalAddress()
              || address.isMulticastAddress();
      return isNoPods ? null : address;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
