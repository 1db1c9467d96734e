package io.sidetrace.sidecar.report;

import io.sidetrace.sidecar.trace.Span;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// Moves spans from the queues of all event loops into the batches of their destinations, once a
/// second and whenever a queue fills up.
///
/// The public methods are thread-safe; all state is confined to one loop, and there only is the
/// account read, so that it balances at every moment.
public final class BatchReporter {
  /// A trace that is looked for right after its request is there by then; an idle sidecar wakes no
  /// more often.
  private static final Duration TICK = Duration.ofSeconds(1);

  /// How often a final flush looks whether all is delivered: far below the 2 s that it may take.
  private static final Duration FLUSH_STEP = Duration.ofMillis(10);

  private final ScheduledExecutorService loop;
  private final ReporterContext context;
  private final Ledger ledger;
  private final List<SpanQueue> queues = new CopyOnWriteArrayList<>();

  /// Destinations with spans in batches. One that is idle, retired or not, costs nothing.
  private final Set<Destination<?>> busy = new LinkedHashSet<>();

  private boolean closed;

  private BatchReporter(ReporterContext context, Ledger ledger) {
    this.loop = context.loop();
    this.context = context;
    this.ledger = ledger;
  }

  /// Begins to tick on the loop.
  ///
  /// @param loop runs everything, one task after another
  /// @param nanoClock a monotonic clock, for pauses
  /// @param clock the time of day, for `last`
  public static BatchReporter start(
      ScheduledExecutorService loop,
      LongSupplier nanoClock,
      InstantSource clock,
      RandomGenerator random) {
    Ledger ledger = new Ledger(clock);
    BatchReporter reporter =
        new BatchReporter(new ReporterContext(loop, nanoClock, random, ledger), ledger);
    loop.execute(reporter::tick);
    return reporter;
  }

  /// A queue for one more producer; it stays for as long as the reporter.
  public SpanQueue newQueue() {
    SpanQueue queue = new SpanQueue(this::wake);
    queues.add(queue);
    return queue;
  }

  public <B extends SpanBatch> Destination<B> newDestination(Transport<B> transport) {
    return new Destination<>(transport, context);
  }

  private void wake() {
    try {
      loop.execute(this::drain);
    } catch (RejectedExecutionException e) {
      // The loop has ended with the process; what is queued stays queued.
    }
  }

  private void tick() {
    if (closed) {
      return;
    }
    try {
      drain();
      busy.forEach(Destination::flush);
      busy.removeIf(destination -> destination.queued() == 0);
    } finally {
      var _ = loop.schedule(this::tick, TICK.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private void drain() {
    if (!closed) {
      queues.forEach(queue -> queue.drain(this::dispatch));
    }
  }

  private void dispatch(Span span, Destination<?> destination) {
    busy.add(destination);
    destination.take(span);
  }

  /// Sends what the destination holds, and lets its connections end with that.
  public void retire(Destination<?> destination) {
    loop.execute(() -> {
      drain();
      destination.retire();
    });
  }

  /// The account, taken on the loop between two tasks.
  ///
  /// @throws RejectedExecutionException when the loop has ended
  public CompletionStage<ReportSnapshot> snapshot() {
    return CompletableFuture.supplyAsync(this::snapshotNow, loop);
  }

  private ReportSnapshot snapshotNow() {
    long started = 0;
    long refused = 0;
    long queued = 0;
    for (SpanQueue queue : queues) {
      SpanQueue.Reading reading = queue.read();
      started += reading.accepted() + reading.refused();
      refused += reading.refused();
      queued += reading.held();
    }
    for (Destination<?> destination : busy) {
      queued += destination.queued();
    }
    var dropped = ledger.dropped();
    dropped.merge(DropReason.QUEUE_FULL, refused, Long::sum);
    return new ReportSnapshot(started, ledger.exported(), queued, dropped, ledger.last());
  }

  /// Delivers what there is, for at most that long, and then ends: what is left is dropped as
  /// `shutdown`. Spans that are offered later stay in their queues.
  ///
  /// @throws RejectedExecutionException when the loop has ended
  public CompletionStage<Void> flush(Duration limit) {
    CompletableFuture<Void> flushed = new CompletableFuture<>();
    loop.execute(() -> {
      drain();
      busy.forEach(Destination::hurry);
      flushStep(context.nanoTime() + limit.toNanos(), flushed);
    });
    return flushed;
  }

  private void flushStep(long deadlineNanos, CompletableFuture<Void> flushed) {
    drain();
    busy.forEach(Destination::flush);
    busy.removeIf(destination -> destination.queued() == 0);
    if (!busy.isEmpty() && context.nanoTime() - deadlineNanos < 0) {
      var _ =
          loop.schedule(
              () -> flushStep(deadlineNanos, flushed), FLUSH_STEP.toNanos(), TimeUnit.NANOSECONDS);
      return;
    }
    closed = true;
    busy.forEach(destination -> destination.giveUp(DropReason.SHUTDOWN));
    busy.clear();
    flushed.complete(null);
  }
}
