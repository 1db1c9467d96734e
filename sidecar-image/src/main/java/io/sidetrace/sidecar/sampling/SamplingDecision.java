package io.sidetrace.sidecar.sampling;

/// Whether a request is recorded, each with its reason.
public enum SamplingDecision {
  CLIENT_REQUESTED(true, "the client asked for it by x-client-trace-id, within client_sampling"),
  FORCED(true, "a sender within the mesh asked for it by x-envoy-force-trace"),
  RANDOM(true, "the number of x-request-id is within random_sampling"),
  REQUEST_ID_SAMPLED(true, "x-request-id says that an earlier proxy sampled the trace"),
  REQUEST_ID_FORCED(true, "x-request-id says that an earlier proxy was told to trace"),
  REQUEST_ID_CLIENT(true, "x-request-id says that a client asked an earlier proxy"),
  ALWAYS(true, "use_request_id_for_trace_sampling is false: identifiers do not decide"),
  NOT_CHOSEN(false, "the number of x-request-id is not within random_sampling"),
  HEALTH_CHECK(false, "it asks whether the service is well"),
  OVERALL_LIMIT(false, "the number of x-request-id is not within overall_sampling"),
  NOT_TRACEABLE(false, "no x-request-id that begins with eight hexadecimal digits"),
  PARENT_SAMPLED(true, "the context that came is sampled"),
  PARENT_NOT_SAMPLED(false, "the context that came is not sampled"),
  ALWAYS_ON(true, "the sampler is always_on"),
  RATIO(true, "the trace id is within the sampler's ratio"),
  NOT_IN_RATIO(false, "the trace id is not within the sampler's ratio"),
  XRAY_FIXED_TARGET(true, "the first of this second that the X-Ray rule takes"),
  XRAY_RATE(true, "chosen by the rate of the X-Ray rule"),
  XRAY_NOT_CHOSEN(false, "not chosen by the rate of the X-Ray rule"),
  /// It would be recorded, but began later than others of this second.
  RATE_LIMITED(false, "traces_per_second new traces were begun already");

  private final boolean sampled;
  private final String why;

  SamplingDecision(boolean sampled, String why) {
    this.sampled = sampled;
    this.why = why;
  }

  public boolean sampled() {
    return sampled;
  }

  /// The reason, for a person to read.
  public String why() {
    return why;
  }

  /// Whether what came with the request decided.
  public boolean parents() {
    return this == PARENT_SAMPLED || this == PARENT_NOT_SAMPLED;
  }
}
