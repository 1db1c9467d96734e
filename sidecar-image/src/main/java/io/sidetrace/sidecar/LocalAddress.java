package io.sidetrace.sidecar;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;

/// The address that this host is reached by, as Envoy finds it: of the first interface that is up,
/// IPv4 before IPv6; loopback where there is no other.
final class LocalAddress {
  private LocalAddress() {}

  static InetAddress find() {
    try {
      List<InetAddress> addresses =
          NetworkInterface.networkInterfaces()
              .filter(LocalAddress::isUp)
              .flatMap(NetworkInterface::inetAddresses)
              .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
              .toList();
      return addresses.stream()
          .filter(Inet4Address.class::isInstance)
          .findFirst()
          .or(() -> addresses.stream().findFirst())
          .orElseGet(InetAddress::getLoopbackAddress);
    } catch (SocketException e) {
      return InetAddress.getLoopbackAddress();
    }
  }

  private static boolean isUp(NetworkInterface network) {
    try {
      return network.isUp();
    } catch (SocketException e) {
      return false;
    }
  }
}
