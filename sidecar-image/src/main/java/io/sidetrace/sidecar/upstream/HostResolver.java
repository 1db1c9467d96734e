package io.sidetrace.sidecar.upstream;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// Looks a name up, blocking; the edge towards the system's resolver.
@FunctionalInterface
interface HostResolver {
  /// All addresses of the name in the order of preference, never none.
  InetAddress[] lookup(String host) throws UnknownHostException;
}
