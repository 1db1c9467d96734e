package io.sidetrace.sidecar.report;

import io.sidetrace.sidecar.trace.Span;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The batches on their way to one collector: one open, some waiting, at most two under way.
/// Confined to the reporter's loop; others only pass it along.
public final class Destination<B extends SpanBatch> {
  /// Spans of some 800 bytes as JSON fill [#BATCH_BYTES] before it doubles. The cost of a message
  /// (a write, a read, a timer) is then spread so thin that a larger one would save nothing more.
  static final int BATCH_SPANS = 256;

  static final int BATCH_BYTES = 256 * 1024;

  /// Each has a connection of its own. With two, a collector that takes 50 ms still gets 10 000
  /// spans a second; while it fails, one is enough to find out when it is back.
  static final int UNDER_WAY = 2;

  /// With the pauses of [Backoff]: half a minute, a restart of the collector's pod.
  static final int MOST_FAILURES = 10;

  /// What may have arrived is sent once more and no more often: a slow collector must not get the
  /// same spans again and again.
  static final int MOST_DOUBTS = 2;

  /// Longer than this, a collector's wish is not believed: it would outlive every batch.
  private static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(2);

  private final Transport<B> transport;
  private final ReporterContext context;
  private final Backoff backoff;
  private final Deque<Parcel<B>> waiting = new ArrayDeque<>();
  private final List<Parcel<B>> underWay = new ArrayList<>(UNDER_WAY);
  private @Nullable B open;
  private long pausedUntilNanos;
  private boolean pauseAskedFor;
  private boolean retired;

  Destination(Transport<B> transport, ReporterContext context) {
    this.transport = transport;
    this.context = context;
    this.backoff = new Backoff(context.random());
    this.pausedUntilNanos = context.nanoTime();
  }

  /// Adds the span to the open batch, or drops and counts it.
  void take(Span span) {
    if (context.bytesFull()) {
      context.ledger().dropped(DropReason.QUEUE_FULL, 1);
      return;
    }
    try {
      append(span);
    } catch (RuntimeException e) {
      context.ledger().dropped(DropReason.ENCODE, 1);
    } catch (OutOfMemoryError e) {
      context.ledger().dropped(DropReason.MEMORY, 1);
    }
    if (open != null && open.spans() == 0) {
      giveBack(open); // its only span failed; an idle destination holds no memory
      open = null;
    }
    if (open != null && (open.spans() >= BATCH_SPANS || open.bytes() > BATCH_BYTES)) {
      sealOpen();
      pump();
    }
  }

  private void append(Span span) {
    if (open == null) {
      open = transport.newBatch();
      context.addBytes(open.bytes());
    }
    int before = open.bytes();
    try {
      open.append(span);
    } finally {
      context.addBytes(open.bytes() - before);
    }
  }

  /// Sends what is there, where it can go at once: while a collector fails, spans gather in full
  /// batches instead of many small ones.
  void flush() {
    if (waiting.isEmpty() && mayGo()) {
      sealOpen();
    }
    pump();
  }

  /// As `flush`, but without the rest of a pause that the collector did not ask for.
  void hurry() {
    if (!pauseAskedFor) {
      pausedUntilNanos = context.nanoTime();
      backoff.reset();
    }
    sealOpen();
    pump();
  }

  private void sealOpen() {
    B batch = open;
    if (batch == null) {
      return;
    }
    open = null;
    int before = batch.bytes();
    batch.seal();
    context.addBytes(batch.bytes() - before);
    waiting.add(new Parcel<>(batch));
  }

  private void pump() {
    while (!waiting.isEmpty() && mayGo()) {
      send(waiting.remove());
    }
  }

  private boolean mayGo() {
    int limit = backoff.failing() ? 1 : UNDER_WAY;
    return underWay.size() < limit && context.nanoTime() - pausedUntilNanos >= 0;
  }

  private void send(Parcel<B> parcel) {
    underWay.add(parcel);
    try {
      transport.send(parcel.batch, delivery -> settle(parcel, delivery));
    } catch (RuntimeException e) {
      settle(parcel, new Delivery.Rejected(e.toString()));
    }
  }

  private void settle(Parcel<B> parcel, Delivery delivery) {
    if (!underWay.remove(parcel)) {
      return; // given up already
    }
    switch (delivery) {
      case Delivery.Accepted accepted -> accepted(parcel, accepted);
      case Delivery.Rejected(String detail) -> {
        backoff.reset();
        context.ledger().message(DropReason.REJECTED.label() + ": " + detail);
        drop(parcel, DropReason.REJECTED);
      }
      case Delivery.Postponed(DropReason reason, String detail, Duration retryAfter) -> {
        parcel.failures++;
        failed(parcel, reason, detail, retryAfter);
      }
      case Delivery.Unanswered(DropReason reason, String detail) -> {
        parcel.failures++;
        parcel.doubts++;
        failed(parcel, reason, detail, Duration.ZERO);
      }
    }
    pump();
  }

  /// A collector that says to have rejected more than it got cannot be right about the rest.
  private void accepted(Parcel<B> parcel, Delivery.Accepted accepted) {
    backoff.reset();
    int spans = parcel.batch.spans();
    int rejected = Math.clamp(accepted.rejected(), 0, spans);
    context.ledger().message(outcome(accepted, rejected));
    context.ledger().exported(spans - rejected);
    context.ledger().dropped(DropReason.REJECTED, rejected);
    giveBack(parcel.batch);
  }

  private static String outcome(Delivery.Accepted accepted, int rejected) {
    if (rejected > 0) {
      return "%s: %d spans: %s".formatted(DropReason.REJECTED.label(), rejected, accepted.detail());
    }
    return accepted.detail().isEmpty() ? "ok" : "ok: " + accepted.detail();
  }

  private void failed(Parcel<B> parcel, DropReason reason, String detail, Duration retryAfter) {
    context.ledger().message(reason.label() + ": " + detail);
    if (retired) {
      drop(parcel, reason);
      dropWaiting(reason);
      return;
    }
    pause(retryAfter);
    if (parcel.failures >= MOST_FAILURES || parcel.doubts >= MOST_DOUBTS) {
      drop(parcel, reason);
    } else {
      waiting.addFirst(parcel);
    }
  }

  private void pause(Duration retryAfter) {
    long nanos = backoff.nextPauseNanos();
    pauseAskedFor = retryAfter.isPositive();
    if (pauseAskedFor) {
      Duration believed =
          retryAfter.compareTo(LONGEST_RETRY_AFTER) < 0 ? retryAfter : LONGEST_RETRY_AFTER;
      nanos = Math.max(nanos, believed.toNanos());
    }
    pausedUntilNanos = context.nanoTime() + nanos;
    var _ = context.loop().schedule(this::pump, nanos, TimeUnit.NANOSECONDS);
  }

  /// How many spans are in batches here.
  long queued() {
    long spans = open == null ? 0 : open.spans();
    for (Parcel<B> parcel : waiting) {
      spans += parcel.batch.spans();
    }
    for (Parcel<B> parcel : underWay) {
      spans += parcel.batch.spans();
    }
    return spans;
  }

  /// Sends what is there, without a second try, and keeps no connection after that. Spans of
  /// requests that end later are treated the same.
  ///
  /// The memory that batches hold is shared: those for a collector that is gone must not keep out
  /// the spans for its successor.
  void retire() {
    retired = true;
    hurry();
    if (pauseAskedFor && !mayGo()) {
      dropWaiting(DropReason.OVERLOADED);
    }
    transport.retire();
  }

  /// Drops all that is left and ends the connections.
  void giveUp(DropReason reason) {
    sealOpen();
    List<Parcel<B>> left = List.copyOf(underWay);
    underWay.clear();
    left.forEach(parcel -> drop(parcel, reason));
    dropWaiting(reason);
    transport.close();
  }

  private void dropWaiting(DropReason reason) {
    while (!waiting.isEmpty()) {
      drop(waiting.remove(), reason);
    }
  }

  private void drop(Parcel<B> parcel, DropReason reason) {
    context.ledger().dropped(reason, parcel.batch.spans());
    giveBack(parcel.batch);
  }

  private void giveBack(B batch) {
    context.addBytes(-batch.bytes());
    batch.release();
  }
}
