package io.sidetrace.sidecar.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Two real producers, a collector that fails in every way, and an account that is read all the
/// time.
@Timeout(60)
class AccountStressTest {
  private static final int PRODUCERS = 2;
  private static final int SPANS_EACH = 1_000_000;
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor();
  private final BatchReporter reporter =
      BatchReporter.start(loop, System::nanoTime, InstantSource.system(), new Random(7));

  /// Counted by the collector itself, apart from the reporter.
  private final AtomicLong confirmed = new AtomicLong();

  @Test
  void account_balancesAtEveryMoment() throws Exception {
    Destination<FakeBatch> destination = reporter.newDestination(new UnreliableTransport());
    CountDownLatch producing = new CountDownLatch(PRODUCERS);
    AtomicLong offered = new AtomicLong();
    List<Thread> producers = new ArrayList<>();
    for (int i = 0; i < PRODUCERS; i++) {
      SpanQueue queue = reporter.newQueue();
      producers.add(
          Thread.ofPlatform().start(() -> produce(queue, destination, offered, producing)));
    }

    int snapshots = 0;
    while (producing.getCount() > 0) {
      assertBalanced(offered);
      snapshots++;
    }
    for (Thread producer : producers) {
      producer.join();
    }
    reporter.flush(LIMIT).toCompletableFuture().get(10, TimeUnit.SECONDS);

    ReportSnapshot last = assertBalanced(offered);
    assertThat(last.started()).isEqualTo((long) PRODUCERS * SPANS_EACH);
    assertThat(last.queued()).isZero();
    assertThat(last.exported()).isEqualTo(confirmed.get()).isPositive();
    assertThat(last.dropped().get(DropReason.QUEUE_FULL)).isPositive();
    assertThat(last.dropped().get(DropReason.REJECTED)).isPositive();
    assertThat(last.dropped().get(DropReason.ENCODE)).isPositive();
    assertThat(snapshots).isGreaterThan(1_000);
    loop.shutdownNow();
  }

  private ReportSnapshot assertBalanced(AtomicLong offered) throws Exception {
    ReportSnapshot account = reporter.snapshot().toCompletableFuture().get(10, TimeUnit.SECONDS);
    assertThat(account.started())
        .isEqualTo(account.exported() + account.droppedTotal() + account.queued())
        .isLessThanOrEqualTo(offered.get());
    return account;
  }

  private static void produce(
      SpanQueue queue, Destination<?> destination, AtomicLong offered, CountDownLatch producing) {
    Random random = new Random(11);
    for (int i = 0; i < SPANS_EACH; i++) {
      offered.incrementAndGet();
      queue.offer(Spans.named(random.nextInt(100) == 0 ? "unwritable" : "a"), destination);
      if (i % 1_000 == 0) {
        Thread.yield();
      }
    }
    producing.countDown();
  }

  /// Answers a little later, acceptance most of the time. The failures come in turn, not by chance:
  /// on a busy machine few batches are sent, and each kind has to be among them.
  private final class UnreliableTransport implements Transport<FakeBatch> {
    private final Random random = new Random(3);
    private int sent;

    @Override
    public FakeBatch newBatch() {
      return new FakeBatch();
    }

    @Override
    public void send(FakeBatch batch, Consumer<Delivery> done) {
      Delivery delivery = next();
      var _ =
          loop.schedule(
              () -> answer(batch, delivery, done), random.nextInt(500), TimeUnit.MICROSECONDS);
    }

    private void answer(FakeBatch batch, Delivery delivery, Consumer<Delivery> done) {
      if (delivery instanceof Delivery.Accepted && !batch.released) {
        confirmed.addAndGet(batch.spans());
      }
      done.accept(delivery);
    }

    private Delivery next() {
      return switch (sent++ % 20) {
        case 0 -> new Delivery.Rejected("400");
        case 1 -> new Delivery.Unanswered(DropReason.TIMEOUT, "");
        case 2 -> new Delivery.Postponed(DropReason.UNREACHABLE, "", Duration.ZERO);
        case 3 -> new Delivery.Postponed(DropReason.OVERLOADED, "429", Duration.ofMillis(1));
        default -> new Delivery.Accepted();
      };
    }

    @Override
    public void retire() {}

    @Override
    public void close() {}
  }
}
