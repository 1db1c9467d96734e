package io.sidetrace.sidecar.exchange;

import io.netty.channel.Channel;
import io.netty.util.NetUtil;
import io.sidetrace.sidecar.config.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// The addresses of a client's connection as formats write them. Event-loop confined.
final class ClientAddresses {
  private final Wire client;
  private final @Nullable InetSocketAddress originalDestination;

  /// @param originalDestination where the client meant to go; null when it was not redirected
  ClientAddresses(Wire client, @Nullable InetSocketAddress originalDestination) {
    this.client = client;
    this.originalDestination = originalDestination;
  }

  /// The connection's peer; null when that is unknown.
  @Nullable InetSocketAddress peer() {
    Channel channel = client.channel();
    return channel == null ? null : (InetSocketAddress) channel.remoteAddress();
  }

  /// Where the client connected to, as far as it knows.
  @Nullable InetSocketAddress local() {
    if (originalDestination != null) {
      return originalDestination;
    }
    Channel channel = client.channel();
    return channel == null ? null : (InetSocketAddress) channel.localAddress();
  }

  /// The last address of `x-forwarded-for`, with port 0, and where there is none the peer.
  ///
  /// @param forwardedFor null: not to be looked at
  @Nullable InetSocketAddress remote(@Nullable String forwardedFor) {
    if (forwardedFor == null) {
      return peer();
    }
    String last = forwardedFor.substring(forwardedFor.lastIndexOf(',') + 1).strip();
    try {
      return last.isEmpty() ? peer() : new InetSocketAddress(parse(last), 0);
    } catch (IllegalArgumentException e) {
      return peer(); // anyone may write anything there
    }
  }

  /// An IPv4 address that is written as one of IPv6 stays so.
  private static InetAddress parse(String literal) {
    InetAddress mapped = literal.startsWith("::ffff:") ? NetUtil.getByName(literal, true) : null;
    return mapped == null ? InetAddress.ofLiteral(literal) : mapped;
  }

  /// As RFC 5952 has it: the JDK writes out the zeros of IPv6.
  private static String text(InetAddress address) {
    return NetUtil.toAddressString(address, true);
  }

  /// `ip:port`, or `[ip]:port` for IPv6.
  static @Nullable String format(@Nullable InetSocketAddress address) {
    return address == null
        ? null
        : new SocketAddress(text(address.getAddress()), address.getPort()).format();
  }

  static @Nullable String ip(@Nullable InetSocketAddress address) {
    return address == null ? null : text(address.getAddress());
  }
}
