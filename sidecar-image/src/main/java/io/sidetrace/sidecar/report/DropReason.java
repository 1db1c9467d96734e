package io.sidetrace.sidecar.report;

/// Why a span was not delivered. The labels are part of the metrics page and never change.
public enum DropReason {
  /// More spans came than could be held: of an event loop's queue, or of all batches together.
  QUEUE_FULL("queue_full"),
  /// The span could not be written in the collector's format.
  ENCODE("encode"),
  /// No memory was left for the span.
  MEMORY("memory"),
  /// The collector refused the batch for good.
  REJECTED("rejected"),
  /// The collector asked for later, more often than a batch is tried.
  OVERLOADED("overloaded"),
  /// A credential that the collector wants was not there to be sent.
  NO_CREDENTIALS("no_credentials"),
  /// No connection to the collector could be made.
  UNREACHABLE("unreachable"),
  /// The collector did not answer in time.
  TIMEOUT("timeout"),
  /// The connection ended before the answer.
  DISCONNECTED("disconnected"),
  /// The sidecar stopped first.
  SHUTDOWN("shutdown");

  private final String label;

  DropReason(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }
}
