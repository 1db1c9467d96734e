package io.sidetrace.sidecar.upstream;

import io.sidetrace.sidecar.config.ClusterDefinition;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// The clusters that the configuration in force defines, by name.
///
/// Thread-safe: `get` and `all` read one published map and never wait, `apply` and `close` are
/// serialised. Ask for a cluster each time one is needed instead of keeping it: a changed
/// definition is a new [Cluster].
public final class Clusters implements AutoCloseable {
  private final HostResolver resolver;
  private final LongAdder tlsFailures = new LongAdder();
  private volatile Map<String, Cluster> byName = Map.of();

  public Clusters() {
    this(new SystemResolver());
  }

  Clusters(HostResolver resolver) {
    this.resolver = resolver;
  }

  /// Replaces all definitions. A cluster whose definition is unchanged keeps its state; names are
  /// looked up at once, in the background.
  public synchronized void apply(List<ClusterDefinition> definitions) {
    Map<String, Cluster> previous = byName;
    Map<String, Cluster> next = new LinkedHashMap<>();
    for (ClusterDefinition definition : definitions) {
      Cluster known = previous.get(definition.name());
      next.put(definition.name(), keepOrMake(known, definition));
    }
    byName = next;
    next.values().stream().filter(now -> previous.get(now.name()) != now).forEach(Cluster::start);
    previous.values().stream().filter(old -> next.get(old.name()) != old).forEach(Cluster::close);
  }

  private Cluster keepOrMake(@Nullable Cluster known, ClusterDefinition definition) {
    if (known == null) {
      return new Cluster(definition, resolver, List.of(), tlsFailures);
    }
    if (known.definition().equals(definition)) {
      return known;
    }
    return new Cluster(definition, resolver, known.endpointsFor(definition), tlsFailures);
  }

  /// The cluster of that name; null when none is defined.
  public @Nullable Cluster get(String name) {
    return byName.get(name);
  }

  /// Every cluster, in the order of their definitions.
  public Collection<Cluster> all() {
    return byName.values();
  }

  /// Connections to any cluster that did not come to stand because of TLS.
  public long tlsFailures() {
    return tlsFailures.sum();
  }

  /// Waits until every name has been looked up once, with whatever answer; blocks the caller, so
  /// never call it on an event loop.
  ///
  /// @return whether that happened within the limit
  public boolean awaitLookups(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    for (Cluster cluster : all()) {
      if (!cluster.awaitLookup(deadline - System.nanoTime())) {
        return false;
      }
    }
    return true;
  }

  /// Stops all lookups. Channels that were connected stay open: they belong to who asked for them.
  @Override
  public synchronized void close() {
    byName.values().forEach(Cluster::close);
    byName = Map.of();
  }
}
