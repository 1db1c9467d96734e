package io.sidetrace.sidecar.report;

import static io.sidetrace.sidecar.report.DropReason.ENCODE;
import static io.sidetrace.sidecar.report.DropReason.MEMORY;
import static io.sidetrace.sidecar.report.DropReason.OVERLOADED;
import static io.sidetrace.sidecar.report.DropReason.QUEUE_FULL;
import static io.sidetrace.sidecar.report.DropReason.REJECTED;
import static io.sidetrace.sidecar.report.DropReason.SHUTDOWN;
import static io.sidetrace.sidecar.report.DropReason.TIMEOUT;
import static io.sidetrace.sidecar.report.DropReason.UNREACHABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.sidecar.report.ReportSnapshot.LastExport;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class BatchReporterTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Delivery OK = new Delivery.Accepted();
  private static final Delivery DOWN =
      new Delivery.Postponed(UNREACHABLE, "connection refused", Duration.ZERO);

  private final TestLoop loop = new TestLoop();
  private final BatchReporter reporter =
      BatchReporter.start(loop, loop::nanoTime, InstantSource.fixed(NOW), new Random(1));
  private final SpanQueue queue = reporter.newQueue();
  private final FakeTransport transport = new FakeTransport();
  private final Destination<FakeBatch> destination = reporter.newDestination(transport);

  @Test
  void spans_goOutTogetherAtTheNextTick() {
    loop.run();
    offer(3);
    loop.advance(Duration.ofMillis(999));
    assertThat(transport.sent).isEmpty();

    loop.advance(SECOND);

    assertThat(transport.sent).hasSize(1);
    assertThat(snapshot().queued()).isEqualTo(3);
    transport.answer(OK);
    assertThat(snapshot())
        .satisfies(account -> {
          assertThat(account.started()).isEqualTo(3);
          assertThat(account.exported()).isEqualTo(3);
          assertThat(account.queued()).isZero();
          assertThat(account.last()).isEqualTo(new LastExport(NOW, "ok"));
        });
    assertThat(transport.sent.getFirst().released).isTrue();
  }

  @Test
  void fullBatch_goesOutAtOnce() {
    offer(Destination.BATCH_SPANS);

    loop.run();

    assertThat(transport.sent).hasSize(1);
    assertThat(transport.sent.getFirst().spans()).isEqualTo(Destination.BATCH_SPANS);
  }

  @Test
  void slowCollector_hasAtMostTwoMessagesUnderWay() {
    offerAndRun(5 * Destination.BATCH_SPANS);

    assertThat(transport.sent).hasSize(Destination.UNDER_WAY);
    transport.answer(OK);
    assertThat(transport.sent).hasSize(Destination.UNDER_WAY + 1);
  }

  @Test
  void rejectedBatch_isDroppedAndNotSentAgain() {
    sendOne();

    transport.answer(new Delivery.Rejected("400"));

    loop.advance(Duration.ofMinutes(5));
    assertThat(transport.sent).hasSize(1);
    assertThat(snapshot().dropped()).containsEntry(REJECTED, 1L);
    assertThat(snapshot().last()).isEqualTo(new LastExport(NOW, "rejected: 400"));
  }

  @Test
  void unreachableCollector_isTriedTenTimesEverLongerApart() {
    sendOne();

    Duration spent = Duration.ZERO;
    while (!transport.unanswered.isEmpty()) {
      transport.answer(DOWN);
      for (int i = 0; i < 100 && transport.unanswered.isEmpty(); i++) {
        loop.advance(Duration.ofMillis(100));
        spent = spent.plusMillis(100);
      }
    }

    assertThat(transport.sent).hasSize(Destination.MOST_FAILURES);
    assertThat(snapshot().dropped()).containsEntry(UNREACHABLE, 1L);
    // Nine pauses of 0.1, 0.2, 0.4 … at most 5 s, each between half and whole; then 10 s of
    // silence.
    assertThat(spent.minusSeconds(10)).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(23));
  }

  @Test
  void spansWhileTheCollectorIsDown_gatherInFullBatches() {
    sendOne();
    transport.answer(new Delivery.Postponed(OVERLOADED, "503", Duration.ofSeconds(60)));
    for (int i = 0; i < 50; i++) {
      offerAndRun(2);
      loop.advance(SECOND);
    }
    loop.advance(Duration.ofSeconds(11));

    assertThat(transport.sent).hasSize(2);
    transport.answer(OK);
    loop.advance(SECOND);
    assertThat(transport.sent.getLast().spans()).isEqualTo(100);
  }

  @Test
  void retryAfter_isHonoured() {
    sendOne();

    transport.answer(new Delivery.Postponed(OVERLOADED, "429", Duration.ofSeconds(30)));

    loop.advance(Duration.ofMillis(29_900));
    assertThat(transport.sent).hasSize(1);
    loop.advance(Duration.ofMillis(200));
    assertThat(transport.sent).hasSize(2);
    assertThat(transport.sent.getFirst()).isSameAs(transport.sent.getLast());
  }

  @Test
  void silentCollector_getsTheSameBatchTwiceAtMost() {
    sendOne();
    transport.answer(new Delivery.Unanswered(TIMEOUT, "no answer within 5 s"));
    loop.advance(SECOND);
    assertThat(transport.sent).hasSize(2);

    transport.answer(new Delivery.Unanswered(TIMEOUT, "no answer within 5 s"));

    loop.advance(Duration.ofMinutes(5));
    assertThat(transport.sent).hasSize(2);
    assertThat(snapshot().dropped()).containsEntry(TIMEOUT, 1L);
  }

  @Test
  void spanThatCannotBeWritten_aloneIsDropped() {
    offer(1);
    queue.offer(Spans.named("unwritable"), destination);
    queue.offer(Spans.named("huge"), destination);
    offer(1);

    loop.advance(SECOND);
    transport.answer(OK);

    assertThat(snapshot().exported()).isEqualTo(2);
    assertThat(snapshot().dropped()).containsEntry(ENCODE, 1L).containsEntry(MEMORY, 1L);
  }

  @Test
  void onlySpanThatCannotBeWritten_leavesNoBatchBehind() {
    queue.offer(Spans.named("unwritable"), destination);

    loop.advance(SECOND);

    assertThat(transport.sent).isEmpty();
    assertThat(transport.made).allMatch(batch -> batch.released);
    assertThat(snapshot().queued()).isZero();
  }

  @Test
  void deadCollector_fillsMemoryToItsBoundAndNoFurther() {
    int spans = 2 * ReporterContext.MOST_BYTES / 1_000;
    offerAndRun(spans);
    loop.advance(SECOND); // what is left in the queue comes to the batches too

    ReportSnapshot account = snapshot();
    assertThat(account.started()).isEqualTo(spans);
    assertThat(account.queued() * 1_000)
        .isBetween((long) ReporterContext.MOST_BYTES, ReporterContext.MOST_BYTES + 1_000L);
    assertThat(account.dropped()).containsEntry(QUEUE_FULL, spans - account.queued());
  }

  @Test
  void flush_deliversWhatIsThereAndThenEnds() {
    offer(3);

    CompletableFuture<Void> flushed = reporter.flush(Duration.ofSeconds(2)).toCompletableFuture();
    loop.run();
    assertThat(flushed).isNotDone();
    transport.answer(OK);
    loop.advance(Duration.ofMillis(10));

    assertThat(flushed).isCompleted();
    assertThat(snapshot().exported()).isEqualTo(3);
  }

  @Test
  void flush_dropsAtItsLimitWhatCouldNotBeSent() {
    offer(3);

    CompletableFuture<Void> flushed = reporter.flush(Duration.ofSeconds(2)).toCompletableFuture();
    loop.advance(Duration.ofMillis(1_990));
    assertThat(flushed).isNotDone();
    loop.advance(Duration.ofMillis(20));

    assertThat(flushed).isCompleted();
    assertThat(snapshot().dropped()).containsEntry(SHUTDOWN, 3L);
    assertThat(transport.closed).isTrue();
    transport.answer(OK); // too late to count
    assertThat(snapshot().exported()).isZero();
  }

  @Test
  void flush_doesNotSitOutItsOwnPause() {
    sendOne();
    for (int i = 0; i < 6; i++) {
      transport.answer(DOWN);
      loop.advance(Duration.ofSeconds(6));
    }
    transport.answer(DOWN);
    int before = transport.sent.size();

    var _ = reporter.flush(Duration.ofSeconds(2));
    loop.run();

    assertThat(transport.sent).hasSize(before + 1);
  }

  @Test
  void flush_leavesACollectorAloneThatAskedForIt() {
    sendOne();
    transport.answer(new Delivery.Postponed(OVERLOADED, "429", Duration.ofSeconds(30)));

    var _ = reporter.flush(Duration.ofSeconds(2));
    loop.advance(Duration.ofSeconds(3));

    assertThat(transport.sent).hasSize(1);
    assertThat(snapshot().dropped()).containsEntry(SHUTDOWN, 1L);
  }

  @Test
  void retiredDestination_sendsWhatItHoldsAndStillServesLateSpans() {
    offer(1);
    reporter.retire(destination);
    loop.run();
    assertThat(transport.sent).hasSize(1);
    assertThat(transport.retired).isTrue();
    transport.answer(OK);

    offer(1);
    loop.advance(SECOND);
    transport.answer(OK);

    assertThat(snapshot().exported()).isEqualTo(2);
  }

  @Test
  void retiredDestination_triesOnceAndThenMakesRoom() {
    sendOne();
    transport.answer(DOWN);
    offerAndRun(3 * Destination.BATCH_SPANS);

    reporter.retire(destination);
    loop.run();
    transport.answer(DOWN);
    transport.answer(DOWN);

    assertThat(snapshot().queued()).isZero();
    assertThat(snapshot().dropped()).containsEntry(UNREACHABLE, 1L + 3 * Destination.BATCH_SPANS);
  }

  @Test
  void retiredDestination_doesNotWaitUntilItsCollectorIsToBeAskedAgain() {
    sendOne();
    transport.answer(new Delivery.Postponed(OVERLOADED, "429", Duration.ofSeconds(30)));

    reporter.retire(destination);
    loop.run();

    assertThat(transport.sent).hasSize(1);
    assertThat(snapshot().dropped()).containsEntry(OVERLOADED, 1L);
  }

  private void sendOne() {
    loop.run();
    offer(1);
    loop.advance(SECOND);
    assertThat(transport.sent).hasSize(1);
  }

  private void offer(int spans) {
    for (int i = 0; i < spans; i++) {
      queue.offer(Spans.named("a"), destination);
    }
  }

  /// As `offer`, letting the loop drain often enough that the queue never refuses.
  private void offerAndRun(int spans) {
    for (int i = 0; i < spans; i++) {
      offer(1);
      loop.run();
    }
  }

  private ReportSnapshot snapshot() {
    CompletableFuture<ReportSnapshot> taken = reporter.snapshot().toCompletableFuture();
    loop.run();
    ReportSnapshot account = taken.join();
    assertThat(account.started())
        .isEqualTo(account.exported() + account.droppedTotal() + account.queued());
    return account;
  }
}
