package io.sidetrace.sidecar.report;

import java.util.function.Consumer;

/// Carries batches to one collector. Confined to the reporter's loop.
public interface Transport<B extends SpanBatch> {
  B newBatch();

  /// Sends the batch, which stays the caller's: it may come again.
  ///
  /// @param done called exactly once, on the reporter's loop, within a bounded time
  void send(B batch, Consumer<Delivery> done);

  /// Keeps no connection open beyond the messages under way. A batch may still come: spans of
  /// requests that began before the configuration changed.
  void retire();

  /// Ends every connection at once.
  void close();
}
