package io.sidetrace.sidecar.sampling;

/// Whether a request is recorded, each with its reason.
public enum SamplingDecision {
  /// The client asked for it with `x-client-trace-id`.
  CLIENT_REQUESTED(true),
  /// A sender within the mesh asked for it with `x-envoy-force-trace`.
  FORCED(true),
  /// The identifier's number is below the random share.
  RANDOM(true),
  /// The identifier says that an earlier proxy sampled, forced or was asked for the trace.
  REQUEST_ID_SAMPLED(true),
  REQUEST_ID_FORCED(true),
  REQUEST_ID_CLIENT(true),
  /// Identifiers do not decide here (`use_request_id_for_trace_sampling: false`).
  ALWAYS(true),
  /// The identifier's number is not below the random share.
  NOT_CHOSEN(false),
  /// It asks whether the service is well.
  HEALTH_CHECK(false),
  /// It would be recorded, but is not within the overall share.
  OVERALL_LIMIT(false),
  /// No `x-request-id`, or one that does not begin with eight hexadecimal digits.
  NOT_TRACEABLE(false);

  private final boolean sampled;

  SamplingDecision(boolean sampled) {
    this.sampled = sampled;
  }

  public boolean sampled() {
    return sampled;
  }
}
