package io.sidetrace.sidecar.upstream;

import io.sidetrace.sidecar.config.ClusterDefinition;
import io.sidetrace.sidecar.config.ClusterDefinition.DnsLookupFamily;
import io.sidetrace.sidecar.config.SocketAddress;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// From addresses as they are written to addresses that can be connected to.
final class Endpoints {
  private Endpoints() {}

  /// The endpoints of a `STATIC` cluster.
  static List<InetSocketAddress> literal(ClusterDefinition definition) {
    return definition.endpoints().stream().map(address -> literal(definition, address)).toList();
  }

  private static InetSocketAddress literal(ClusterDefinition definition, SocketAddress address) {
    try {
      return new InetSocketAddress(InetAddress.ofLiteral(address.address()), address.port());
    } catch (IllegalArgumentException e) {
      String message =
          "cluster %s: address: %s (expected: an IP address, or the type STRICT_DNS)"
              .formatted(definition.name(), address.address());
      throw new IllegalArgumentException(message, e);
    }
  }

  /// Looks up every endpoint of a `STRICT_DNS` or `LOGICAL_DNS` cluster; fails when one of them
  /// fails, so that half an answer never replaces a whole one.
  static List<InetSocketAddress> lookUp(ClusterDefinition definition, HostResolver resolver)
      throws UnknownHostException {
    List<InetSocketAddress> found = new ArrayList<>();
    for (SocketAddress endpoint : definition.endpoints()) {
      List<InetAddress> addresses = usable(definition.dnsLookupFamily(), endpoint, resolver);
      // Envoy's logical host is the first address of the newest answer.
      int taken = definition.type() == ClusterDefinition.Type.LOGICAL_DNS ? 1 : addresses.size();
      for (InetAddress address : addresses.subList(0, taken)) {
        found.add(new InetSocketAddress(address, endpoint.port()));
      }
    }
    return List.copyOf(found);
  }

  private static List<InetAddress> usable(
      DnsLookupFamily family, SocketAddress endpoint, HostResolver resolver)
      throws UnknownHostException {
    InetAddress[] all = resolver.lookup(endpoint.address());
    List<InetAddress> usable = oneFamily(all);
    if (family == DnsLookupFamily.V4_ONLY && !(usable.getFirst() instanceof Inet4Address)) {
      throw new UnknownHostException(endpoint.address() + " (no IPv4 address)");
    }
    return usable;
  }

  /// The IPv4 addresses where there are any, else all: a host with both families is one endpoint
  /// and not two, and taking turns between them would fail half of all connections where one of the
  /// families is not routed.
  private static List<InetAddress> oneFamily(InetAddress[] addresses) {
    List<InetAddress> all = Arrays.asList(addresses);
    List<InetAddress> ipv4 = all.stream().filter(Inet4Address.class::isInstance).toList();
    return ipv4.isEmpty() ? all : ipv4;
  }
}
