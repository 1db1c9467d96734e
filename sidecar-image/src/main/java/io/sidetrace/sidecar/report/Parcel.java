package io.sidetrace.sidecar.report;

/// A sealed batch, and what became of it so far. Confined to the reporter's loop.
final class Parcel<B extends SpanBatch> {
  final B batch;

  /// How often it was sent in vain.
  int failures;

  /// How often of those it may have arrived nevertheless.
  int doubts;

  Parcel(B batch) {
    this.batch = batch;
  }
}
