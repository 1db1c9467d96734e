package io.sidetrace.sidecar.upstream;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.Security;

/// The system's own resolver, so that `/etc/hosts`, search domains and `ndots` mean what they mean
/// to every other process of the pod.
///
/// Thread-safe.
final class SystemResolver implements HostResolver {
  static {
    // The JDK keeps answers for 30 s and failures for 10 s: longer than our own refresh, which
    // would
    // only ever see its own old answer. It reads these once, at the first lookup of the process.
    Security.setProperty("networkaddress.cache.ttl", "0");
    Security.setProperty("networkaddress.cache.negative.ttl", "0");
  }

  @Override
  public InetAddress[] lookup(String host) throws UnknownHostException {
    return InetAddress.getAllByName(host);
  }
}
