package io.sidetrace.sidecar.report;

import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// What all destinations of a reporter share: its loop, its clock, its account and its memory.
/// Confined to the loop.
final class ReporterContext {
  /// An eighth of the 32 MiB of direct memory that the sidecar gives itself: some 4 000 spans, two
  /// seconds at 2 000 requests a second.
  static final int MOST_BYTES = 4 * 1024 * 1024;

  private final ScheduledExecutorService loop;
  private final LongSupplier nanoClock;
  private final RandomGenerator random;
  private final Ledger ledger;
  private long bytes;

  ReporterContext(
      ScheduledExecutorService loop,
      LongSupplier nanoClock,
      RandomGenerator random,
      Ledger ledger) {
    this.loop = loop;
    this.nanoClock = nanoClock;
    this.random = random;
    this.ledger = ledger;
  }

  ScheduledExecutorService loop() {
    return loop;
  }

  long nanoTime() {
    return nanoClock.getAsLong();
  }

  RandomGenerator random() {
    return random;
  }

  Ledger ledger() {
    return ledger;
  }

  /// The memory that all batches hold.
  long bytes() {
    return bytes;
  }

  void addBytes(int more) {
    bytes += more;
  }

  /// Whether no further span fits. A batch that grows may pass the bound by its own size once.
  boolean bytesFull() {
    return bytes >= MOST_BYTES;
  }
}
