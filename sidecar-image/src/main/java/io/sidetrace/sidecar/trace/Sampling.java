package io.sidetrace.sidecar.trace;

/// What a context says of whether its trace is recorded.
public enum Sampling {
  /// Nobody has decided yet: whoever receives this decides.
  DEFERRED,
  NOT_SAMPLED,
  SAMPLED,
  /// Sampled, and to be kept by every later stage too (`x-b3-flags: 1`, `b3: d`).
  DEBUG;

  public boolean recorded() {
    return this == SAMPLED || this == DEBUG;
  }
}
