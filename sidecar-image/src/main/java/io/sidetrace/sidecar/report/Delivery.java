package io.sidetrace.sidecar.report;

import java.time.Duration;

/// How sending a batch ended.
public sealed interface Delivery {
  /// The collector has it.
  ///
  /// @param rejected how many of its spans the collector did not take, and never will
  /// @param detail what the collector says; empty: nothing
  record Accepted(int rejected, String detail) implements Delivery {
    /// It has all of it.
    public Accepted() {
      this(0, "");
    }
  }

  /// The collector will never take it, so it is not sent again.
  record Rejected(String detail) implements Delivery {}

  /// The collector certainly has not taken it.
  ///
  /// @param retryAfter how long the collector asks to be left alone; zero: it did not say
  record Postponed(DropReason reason, String detail, Duration retryAfter) implements Delivery {}

  /// The collector may have taken it or not: sending again may deliver it twice.
  record Unanswered(DropReason reason, String detail) implements Delivery {}
}
