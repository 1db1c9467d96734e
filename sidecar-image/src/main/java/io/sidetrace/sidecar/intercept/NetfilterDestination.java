package io.sidetrace.sidecar.intercept;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.unix.RawUnixChannelOption;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Asks the kernel's connection tracking, which remembers what a REDIRECT rule rewrote.
/// Thread-safe.
public final class NetfilterDestination implements OriginalDestination {
  /// `SO_ORIGINAL_DST` of linux/netfilter_ipv4.h at level SOL_IP fills a sockaddr_in.
  private static final RawUnixChannelOption IPV4 =
      new RawUnixChannelOption("SO_ORIGINAL_DST", 0, 80, 16);

  /// `IP6T_SO_ORIGINAL_DST` of linux/netfilter_ipv6/ip6_tables.h at level SOL_IPV6 fills a
  /// sockaddr_in6.
  private static final RawUnixChannelOption IPV6 =
      new RawUnixChannelOption("IP6T_SO_ORIGINAL_DST", 41, 80, 28);

  /// Behind the address family, in network order in both structures.
  private static final int PORT_OFFSET = 2;

  private static final int IPV4_OFFSET = 4;
  private static final int IPV6_OFFSET = 8;

  @Override
  public @Nullable InetSocketAddress of(Channel connection) {
    if (!(connection.localAddress() instanceof InetSocketAddress local)) {
      return null;
    }
    InetSocketAddress destination = lookUp(connection, local);
    return destination == null || destination.getPort() == local.getPort() ? null : destination;
  }

  /// Sockets that listen on `::` take IPv4 connections too, whose addresses the JDK shows as IPv4.
  private static @Nullable InetSocketAddress lookUp(Channel connection, InetSocketAddress local) {
    return local.getAddress() instanceof Inet6Address
        ? read(connection, IPV6, IPV6_OFFSET, 16)
        : read(connection, IPV4, IPV4_OFFSET, 4);
  }

  private static @Nullable InetSocketAddress read(
      Channel connection, RawUnixChannelOption option, int addressOffset, int addressLength) {
    try {
      ByteBuffer answer = connection.config().getOption(option);
      if (answer == null) {
        return null;
      }
      byte[] address = new byte[addressLength];
      answer.get(answer.position() + addressOffset, address);
      int port = answer.getShort(answer.position() + PORT_OFFSET) & 0xffff;
      return new InetSocketAddress(InetAddress.getByAddress(address), port);
    } catch (ChannelException | UnknownHostException e) {
      // ENOENT: nothing was redirected.
      return null;
    }
  }
}
