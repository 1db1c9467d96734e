package io.sidetrace.sidecar.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Holds what was sent until the test answers.
final class FakeTransport implements Transport<FakeBatch> {
  final List<FakeBatch> made = new ArrayList<>();
  final List<FakeBatch> sent = new ArrayList<>();
  final List<Consumer<Delivery>> unanswered = new ArrayList<>();
  boolean retired;
  boolean closed;

  @Override
  public FakeBatch newBatch() {
    made.add(new FakeBatch());
    return made.getLast();
  }

  @Override
  public void send(FakeBatch batch, Consumer<Delivery> done) {
    if (!batch.sealed || batch.released) {
      throw new AssertionError("sent while open or after release");
    }
    sent.add(batch);
    unanswered.add(done);
  }

  /// Answers the oldest message that has none yet.
  void answer(Delivery delivery) {
    unanswered.removeFirst().accept(delivery);
  }

  @Override
  public void retire() {
    retired = true;
  }

  @Override
  public void close() {
    closed = true;
  }
}
