package io.sidetrace.sidecar;

import io.netty.channel.EventLoop;
import io.sidetrace.sidecar.accesslog.AccessLogs;
import io.sidetrace.sidecar.admin.SidecarSnapshot;
import io.sidetrace.sidecar.admin.SidecarSnapshot.Count;
import io.sidetrace.sidecar.admin.SidecarSnapshot.DecisionCount;
import io.sidetrace.sidecar.admin.SidecarSnapshot.MalformedCount;
import io.sidetrace.sidecar.admin.SidecarSnapshot.TracingCount;
import io.sidetrace.sidecar.admin.SidecarState;
import io.sidetrace.sidecar.config.Listener;
import io.sidetrace.sidecar.exchange.Counter;
import io.sidetrace.sidecar.exchange.Counters;
import io.sidetrace.sidecar.exchange.Rehearsal;
import io.sidetrace.sidecar.report.ReportSnapshot;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The running sidecar as `admin` sees it. Thread-safe.
final class LiveState implements SidecarState {
  private final Parts parts;
  private final String interception;
  private final long startNanos = System.nanoTime();
  private volatile boolean serving;
  private volatile boolean leaving;

  /// @param interception what the redirect said of itself
  LiveState(Parts parts, String interception) {
    this.parts = parts;
    this.interception = interception;
  }

  /// From now on there is something that listens.
  void serving() {
    serving = true;
  }

  @Override
  public Lifecycle lifecycle() {
    if (leaving) {
      return Lifecycle.DRAINING;
    }
    return serving ? Lifecycle.LIVE : Lifecycle.INITIALIZING;
  }

  @Override
  public CompletionStage<SidecarSnapshot> snapshot() {
    return parts.exporters().snapshot().thenApply(this::snapshot);
  }

  private SidecarSnapshot snapshot(ReportSnapshot spans) {
    return new SidecarSnapshot(
        Sidecar.VERSION,
        parts.config().node(),
        Duration.ofNanos(System.nanoTime() - startNanos),
        parts.config().state(),
        interception,
        spans,
        traffic(),
        malformedContexts(),
        tracing(),
        decisions(),
        List.copyOf(parts.clusters().all()));
  }

  @Override
  public Rehearsal.@Nullable Decided rehearse(
      Listener listener, Rehearsal.Request request, EventLoop loop) {
    Rehearsal rehearsal = Rehearsal.of(listener, parts.clusters(), parts.tracing(), loop);
    return rehearsal == null ? null : rehearsal.decide(request);
  }

  private List<Count> traffic() {
    Counters counters = parts.exchanges().counters();
    AccessLogs logs = parts.accessLogs();
    return Stream.concat(
            Arrays.stream(Counter.values())
                .map(counter ->
                    new Count(counter.name().toLowerCase(Locale.ROOT), counters.get(counter))),
            Stream.of(
                new Count("upstream_tls_failures", parts.clusters().tlsFailures()),
                new Count("access_log_lines", logs.written()),
                new Count("access_log_lines_dropped", logs.dropped())))
        .toList();
  }

  private List<MalformedCount> malformedContexts() {
    return parts.malformedContexts().snapshot().entrySet().stream()
        .map(entry ->
            new MalformedCount(
                entry.getKey().format(), entry.getKey().reason().label(), entry.getValue()))
        .toList();
  }

  private List<TracingCount> tracing() {
    return parts.tracing().counts().snapshot().entrySet().stream()
        .flatMap(manager ->
            manager.getValue().entrySet().stream()
                .map(count ->
                    new TracingCount(
                        manager.getKey(),
                        count.getKey().name().toLowerCase(Locale.ROOT),
                        count.getValue())))
        .toList();
  }

  private List<DecisionCount> decisions() {
    return parts.tracing().counts().decisions().entrySet().stream()
        .flatMap(manager ->
            manager.getValue().entrySet().stream()
                .map(count ->
                    new DecisionCount(
                        manager.getKey(),
                        count.getKey().name().toLowerCase(Locale.ROOT),
                        count.getValue())))
        .toList();
  }

  @Override
  public void leave() {
    leaving = true;
    // It may have to wait for a listener to be bound, on the very loop that asks.
    Thread.ofVirtual().name("leave").start(parts.acceptor()::leave);
  }
}
