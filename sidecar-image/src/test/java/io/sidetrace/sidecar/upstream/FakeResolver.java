package io.sidetrace.sidecar.upstream;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/// Answers from a table, and holds answers back for as long as it is told to.
final class FakeResolver implements HostResolver {
  private final Map<String, List<String>> table = new ConcurrentHashMap<>();
  private volatile CountDownLatch gate = new CountDownLatch(0);

  FakeResolver answer(String host, String... addresses) {
    table.put(host, List.of(addresses));
    return this;
  }

  FakeResolver forget(String host) {
    table.remove(host);
    return this;
  }

  void holdBack() {
    gate = new CountDownLatch(1);
  }

  void letGo() {
    gate.countDown();
  }

  @Override
  public InetAddress[] lookup(String host) throws UnknownHostException {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnknownHostException(host);
    }
    List<String> addresses = table.get(host);
    if (addresses == null) {
      throw new UnknownHostException(host);
    }
    return addresses.stream().map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
  }
}
