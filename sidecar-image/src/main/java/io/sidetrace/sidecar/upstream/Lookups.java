package io.sidetrace.sidecar.upstream;

import io.sidetrace.sidecar.config.ClusterDefinition;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Looks the names of one cluster up, again and again, on a thread of its own: the system's
/// resolver blocks, for seconds when a name server is silent, and no event loop and no other
/// cluster may wait for that.
///
/// Thread-safe.
final class Lookups implements AutoCloseable {
  /// Envoy's default `dns_refresh_rate`.
  static final Duration REFRESH = Duration.ofSeconds(5);

  private final ClusterDefinition definition;
  private final HostResolver resolver;
  private final Duration refresh;
  private final Consumer<List<InetSocketAddress>> found;
  private final CountDownLatch first = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable String failure;

  Lookups(
      ClusterDefinition definition,
      HostResolver resolver,
      Duration refresh,
      Consumer<List<InetSocketAddress>> found) {
    this.definition = definition;
    this.resolver = resolver;
    this.refresh = refresh;
    this.found = found;
    this.thread =
        Thread.ofPlatform().daemon().name("lookup-" + definition.name()).unstarted(this::run);
  }

  /// Begins; called once.
  void start() {
    thread.start();
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        lookUpOnce();
        first.countDown();
        Thread.sleep(refresh);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed: the thread ends here
    }
  }

  private void lookUpOnce() {
    try {
      found.accept(Endpoints.lookUp(definition, resolver));
      failure = null;
    } catch (UnknownHostException | RuntimeException e) {
      failure = "not found: " + e.getMessage(); // the last good answer stays in force
    }
  }

  /// Why the newest lookup failed; null when it did not.
  @Nullable String failure() {
    return failure;
  }

  boolean awaitFirst(long nanos) throws InterruptedException {
    return first.await(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
