package io.sidetrace.sidecar.intercept;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// Tells where a redirected connection was meant to go. The edge to the kernel: tests put their own
/// in its place.
@FunctionalInterface
public interface OriginalDestination {
  /// Null when the connection was not redirected, or was meant for this very port: forwarding it
  /// would make a loop.
  @Nullable InetSocketAddress of(Channel connection);
}
