package io.sidetrace.sidecar.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.sidecar.trace.Span;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpanQueueTest {
  private int wakes;
  private final SpanQueue queue = new SpanQueue(() -> wakes++);
  private final Destination<?> destination = destination();
  private final List<Span> drained = new ArrayList<>();

  @Test
  void spans_comeOutInOrder() {
    offer(3);

    drain();

    assertThat(drained).extracting(Span::name).containsExactly("0", "1", "2");
    assertThat(queue.read()).isEqualTo(new SpanQueue.Reading(3, 0, 0));
  }

  @Test
  void fullQueue_refusesAndCounts() {
    offer(SpanQueue.CAPACITY + 5);

    assertThat(queue.read())
        .isEqualTo(new SpanQueue.Reading(SpanQueue.CAPACITY, 5, SpanQueue.CAPACITY));
  }

  @Test
  void drainedQueue_hasRoomAgain() {
    offer(SpanQueue.CAPACITY);
    drain();

    offer(SpanQueue.CAPACITY);

    assertThat(queue.read())
        .isEqualTo(new SpanQueue.Reading(2L * SpanQueue.CAPACITY, 0, SpanQueue.CAPACITY));
  }

  @Test
  void longTexts_fillTheQueueBeforeTheirNumberDoes() {
    for (int i = 0; i < 4; i++) {
      queue.offer(Spans.withText(SpanQueue.TEXT_CAPACITY / 3), destination);
    }

    assertThat(queue.read()).isEqualTo(new SpanQueue.Reading(3, 1, 3));
    drain();
    queue.offer(Spans.withText(SpanQueue.TEXT_CAPACITY), destination);
    assertThat(queue.read()).isEqualTo(new SpanQueue.Reading(4, 1, 1));
  }

  @Test
  void reporter_isWokenOnceUntilItDrains() {
    offer(SpanQueue.WAKE_AT - 1);
    assertThat(wakes).isZero();

    offer(SpanQueue.WAKE_AT);
    assertThat(wakes).isEqualTo(1);

    drain();
    offer(SpanQueue.WAKE_AT);
    assertThat(wakes).isEqualTo(2);
  }

  private void offer(int count) {
    for (int i = 0; i < count; i++) {
      queue.offer(Spans.named(Integer.toString(i)), destination);
    }
  }

  private void drain() {
    queue.drain((span, _) -> drained.add(span));
  }

  private static Destination<?> destination() {
    TestLoop loop = new TestLoop();
    Ledger ledger = new Ledger(InstantSource.system());
    return new Destination<>(
        new FakeTransport(), new ReporterContext(loop, loop::nanoTime, new Random(1), ledger));
  }
}
