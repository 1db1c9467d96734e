package io.sidetrace.sidecar.config;

import io.sidetrace.sidecar.config.document.Field;
import io.sidetrace.sidecar.config.document.Message;

/// Reads `sampling` of a filter chain's metadata.
final class SamplingBoundsReader {
  /// One in a quarter of an hour: less is a way to say "none", for which there is
  /// `random_sampling`.
  private static final double LEAST = 0.001;

  /// Far above what a sidecar can do.
  private static final double MOST = 1_000_000;

  private SamplingBoundsReader() {}

  static SamplingBounds read(Message message) {
    message.named("io.sidetrace.sampling");
    Field rate = message.field("traces_per_second");
    return new SamplingBounds(
        rate.isGiven() ? rate.number(LEAST, MOST, LEAST) : 0,
        message.field("follow_parent").flag(true));
  }
}
