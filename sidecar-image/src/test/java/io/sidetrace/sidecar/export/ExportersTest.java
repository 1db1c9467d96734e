package io.sidetrace.sidecar.export;

import static io.sidetrace.sidecar.export.ExportFixture.zipkin;
import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.sidecar.config.provider.Provider;
import io.sidetrace.sidecar.export.FakeCollector.Behaviour;
import io.sidetrace.sidecar.report.DropReason;
import io.sidetrace.sidecar.report.ReportSnapshot;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Every way in which a collector can fail, over real sockets: the account balances at each reading
/// and agrees with what the collector itself counted.
@Timeout(60)
class ExportersTest {
  /// Two full batches, so that they go without waiting for the next tick.
  private static final int SPANS = 512;

  private static final Provider ZIPKIN = zipkin("zipkin");
  private static final Predicate<ReportSnapshot> NOTHING_QUEUED = account -> account.queued() == 0;

  private final ExportFixture fixture = new ExportFixture();
  private FakeCollector collector;

  @BeforeEach
  void start() throws Exception {
    collector = FakeCollector.start();
    fixture.cluster("zipkin", collector.port()).apply(ZIPKIN);
  }

  @AfterEach
  void stop() throws Exception {
    fixture.close();
    collector.close();
  }

  @Test
  void healthyCollector_getsEverySpanOnce() throws Exception {
    for (int i = 0; i < 10; i++) {
      fixture.offer(ZIPKIN, 100);
    }

    ReportSnapshot account = fixture.await(NOTHING_QUEUED);

    assertThat(account.exported()).isEqualTo(1_000);
    assertThat(collector.confirmed()).hasSize(1_000).doesNotHaveDuplicates();
    assertThat(collector.heads().getFirst())
        .startsWith("POST /api/v2/spans HTTP/1.1\r\n")
        .contains("host: zipkin\r\n", "content-type: application/json\r\n");
  }

  @Test
  void connection_isKeptForTheNextBatch() throws Exception {
    for (int i = 0; i < 3; i++) {
      fixture.offer(ZIPKIN, 2);
      fixture.await(NOTHING_QUEUED);
    }

    assertThat(collector.heads()).hasSize(3);
    assertThat(collector.connections()).isEqualTo(1);
  }

  @Test
  void collectorThatIsDown_getsEverySpanOnceItIsBack() throws Exception {
    collector.down();
    fixture.offer(ZIPKIN, SPANS);
    fixture.await(account -> outcome(account).startsWith("unreachable: "));

    collector.up();
    long back = System.nanoTime();

    ReportSnapshot account = fixture.await(NOTHING_QUEUED);
    assertThat(System.nanoTime() - back).isLessThan(TimeUnit.SECONDS.toNanos(10));
    assertThat(account.exported()).isEqualTo(SPANS);
    assertThat(collector.confirmed()).hasSize(SPANS).doesNotHaveDuplicates();
  }

  @Test
  void silentCollector_isLeftAfterTwoAttemptsWithTwoConnectionsAtMost() throws Exception {
    collector.otherwise(new Behaviour.Silent());
    fixture.offer(ZIPKIN, SPANS);

    ReportSnapshot account = fixture.await(NOTHING_QUEUED);

    assertThat(account.dropped()).containsEntry(DropReason.TIMEOUT, (long) SPANS);
    assertThat(collector.received()).isEqualTo(2 * SPANS);
    assertThat(collector.mostOpenConnections()).isLessThanOrEqualTo(2);
  }

  @Test
  void slowCollector_holdsTwoMessagesUnderWay() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    collector.next(new Behaviour.Slow(gate), new Behaviour.Slow(gate));
    fixture.offer(ZIPKIN, 2 * SPANS);
    fixture.await(_ -> collector.heads().size() == 2);

    gate.countDown();

    assertThat(fixture.await(NOTHING_QUEUED).exported()).isEqualTo(2 * SPANS);
    assertThat(collector.mostOpenConnections()).isEqualTo(2);
  }

  @Test
  void overloadedCollector_isLeftAloneForAsLongAsItAsks() throws Exception {
    collector.next(FakeCollector.answer(429, "retry-after: 1"));
    fixture.offer(ZIPKIN, 100);

    ReportSnapshot account = fixture.await(NOTHING_QUEUED);

    assertThat(account.exported()).isEqualTo(100);
    assertThat(collector.confirmed()).hasSize(100).doesNotHaveDuplicates();
    assertThat(collector.arrivals()).hasSize(2);
    assertThat(collector.arrivals().get(1) - collector.arrivals().get(0))
        .isGreaterThanOrEqualTo(TimeUnit.SECONDS.toNanos(1));
  }

  @Test
  void unavailableCollector_isTriedAgain() throws Exception {
    collector.next(FakeCollector.answer(503), FakeCollector.answer(503));
    fixture.offer(ZIPKIN, SPANS);

    assertThat(fixture.await(NOTHING_QUEUED).exported()).isEqualTo(SPANS);
    assertThat(collector.confirmed()).hasSize(SPANS).doesNotHaveDuplicates();
  }

  @Test
  void rejectedSpans_areNotSentAgain() throws Exception {
    collector.next(FakeCollector.answer(400));
    fixture.offer(ZIPKIN, 10);

    ReportSnapshot account = fixture.await(NOTHING_QUEUED);

    assertThat(account.dropped()).containsEntry(DropReason.REJECTED, 10L);
    assertThat(outcome(account)).isEqualTo("rejected: 400");
    assertThat(collector.heads()).hasSize(1);
  }

  @Test
  void resetInsteadOfAnAnswer_isTriedOnceMore() throws Exception {
    collector.next(new Behaviour.Reset());
    fixture.offer(ZIPKIN, 10);

    assertThat(fixture.await(NOTHING_QUEUED).exported()).isEqualTo(10);
    assertThat(collector.received()).isEqualTo(20);
  }

  @Test
  void resetInTheBodyOfAnAcceptance_changesNothing() throws Exception {
    collector.next(new Behaviour.ResetInBody(202));
    fixture.offer(ZIPKIN, 10);

    assertThat(fixture.await(NOTHING_QUEUED).exported()).isEqualTo(10);
    assertThat(collector.confirmed()).hasSize(10);
    assertThat(collector.heads()).hasSize(1);
  }

  @Test
  void answerWithoutEnd_isCutOff() throws Exception {
    collector.next(
        new Behaviour.Answer(
            "HTTP/1.1 202 Whatever\r\ncontent-length: 1000000", "x".repeat(1_000_000)));
    fixture.offer(ZIPKIN, 10);

    assertThat(fixture.await(NOTHING_QUEUED).exported()).isEqualTo(10);
    fixture.await(_ -> collector.openConnections() == 0);
  }

  @Test
  void answerThatIsNotHttp_countsAsNone() throws Exception {
    collector.otherwise(new Behaviour.Answer("SSH-2.0-OpenSSH_9.2", ""));
    fixture.offer(ZIPKIN, 10);

    assertThat(fixture.await(NOTHING_QUEUED).dropped()).containsEntry(DropReason.DISCONNECTED, 10L);
  }

  @Test
  void collectorThatAsksToClose_getsANewConnection() throws Exception {
    collector.next(FakeCollector.answer(202, "connection: close"));
    fixture.offer(ZIPKIN, 1);
    fixture.await(NOTHING_QUEUED);
    fixture.offer(ZIPKIN, 1);

    assertThat(fixture.await(NOTHING_QUEUED).exported()).isEqualTo(2);
    assertThat(collector.connections()).isEqualTo(2);
  }

  @Test
  void flush_deliversWhatTheNextTickWouldHave() throws Exception {
    fixture.offer(ZIPKIN, 5);

    fixture.exporters.flush(Duration.ofSeconds(2)).toCompletableFuture().get(2, TimeUnit.SECONDS);

    assertThat(fixture.account().exported()).isEqualTo(5);
    assertThat(collector.confirmed()).hasSize(5);
  }

  @Test
  void flushToASilentCollector_endsInTimeAndCounts() throws Exception {
    collector.otherwise(new Behaviour.Silent());
    fixture.offer(ZIPKIN, 5);

    fixture.exporters.flush(Duration.ofMillis(100)).toCompletableFuture().get(2, TimeUnit.SECONDS);

    assertThat(fixture.account().dropped()).containsEntry(DropReason.SHUTDOWN, 5L);
  }

  private static String outcome(ReportSnapshot account) {
    return account.last() == null ? "" : account.last().outcome();
  }
}
