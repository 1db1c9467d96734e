package io.sidetrace.sidecar.export;

import io.netty.channel.EventLoop;
import io.sidetrace.sidecar.config.Configuration;
import io.sidetrace.sidecar.config.Listener;
import io.sidetrace.sidecar.config.Node;
import io.sidetrace.sidecar.config.provider.CollectorOptions;
import io.sidetrace.sidecar.config.provider.Provider;
import io.sidetrace.sidecar.report.BatchReporter;
import io.sidetrace.sidecar.report.Destination;
import io.sidetrace.sidecar.report.ReportSnapshot;
import io.sidetrace.sidecar.report.SpanQueue;
import io.sidetrace.sidecar.trace.SpanSink;
import io.sidetrace.sidecar.upstream.Clusters;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// One destination for each provider that the configuration names, and the sinks towards them.
///
/// Thread-safe; configuration changes are rare and serialised by one lock that is never held across
/// I/O. The sinks are confined to the loop that they were made for.
public final class Exporters {
  private final EventLoop loop;
  private final Clusters clusters;
  private final Protocol.Choice protocols;
  private final BatchReporter reporter;
  private final Map<EventLoop, SpanQueue> queues = new HashMap<>();
  private final Map<Collector, Destination<?>> destinations = new HashMap<>();
  private Node node = new Node("", "", "");

  /// Starts without any destination.
  ///
  /// @param loop the worker loop on which batches are made and sent
  public Exporters(EventLoop loop, Clusters clusters, Protocol.Choice protocols) {
    this.loop = loop;
    this.clusters = clusters;
    this.protocols = protocols;
    this.reporter =
        BatchReporter.start(
            loop, System::nanoTime, InstantSource.system(), RandomGenerator.getDefault());
  }

  /// Puts a configuration into force: providers that are unchanged keep their connections, those
  /// that are gone send what they hold and close. Apply the clusters first, and make sinks after.
  public synchronized void apply(Configuration configuration, Node node) {
    this.node = node;
    Set<Collector> wanted =
        configuration.listeners().stream()
            .map(Listener::http)
            .filter(Objects::nonNull)
            .map(http -> http.tracing())
            .filter(Objects::nonNull)
            .map(
                tracing -> new Collector(tracing.provider(), tracing.additions().collector(), node))
            .collect(Collectors.toSet());
    destinations.entrySet().stream()
        .filter(entry -> !wanted.contains(entry.getKey()))
        .forEach(entry -> reporter.retire(entry.getValue()));
    destinations.keySet().retainAll(wanted);
    wanted.forEach(collector -> destinations.computeIfAbsent(collector, this::open));
  }

  /// A sink for spans of requests on `loop`, to be called there only. It goes on working when its
  /// provider leaves the configuration, for the requests that are under way then.
  public synchronized SpanSink sink(Provider provider, CollectorOptions options, EventLoop loop) {
    SpanQueue queue = queues.computeIfAbsent(loop, _ -> reporter.newQueue());
    Collector collector = new Collector(provider, options, node);
    Destination<?> destination = destinations.computeIfAbsent(collector, this::open);
    return span -> queue.offer(span, destination);
  }

  private Destination<?> open(Collector collector) {
    Protocol protocol = protocols.of(collector.provider(), collector.node());
    return reporter.newDestination(protocol.open(loop, clusters, collector.options()));
  }

  /// Where all spans are, over all providers that ever were.
  public CompletionStage<ReportSnapshot> snapshot() {
    return reporter.snapshot();
  }

  /// Delivers what there is, for at most that long, and ends all export; what is left is dropped as
  /// `shutdown`.
  public CompletionStage<Void> flush(Duration limit) {
    return reporter.flush(limit);
  }

  /// What makes two providers the same to a collector: its settings, what is asked beside, and who
  /// we are.
  private record Collector(Provider provider, CollectorOptions options, Node node) {}
}
