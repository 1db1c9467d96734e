package io.sidetrace.sidecar.sampling;

import org.jspecify.annotations.Nullable;

/// The sampling decision that Envoy writes into an `x-request-id`, over the version digit of its
/// UUID, so that later proxies keep to it.
public final class TraceReason {

  /// Only an identifier of a UUID's length carries a reason.
  private static final int UUID_LENGTH = 36;

  /// Where a UUID's text has its version: `xxxxxxxx-xxxx-Vxxx-…`.
  private static final int POSITION = 14;

  private static final char NONE = '4';
  private static final char SAMPLED = '9';
  private static final char FORCED = 'a';
  private static final char CLIENT = 'b';

  private TraceReason() {}

  /// Whether identifiers carry reasons (`pack_trace_reason`).
  public enum Packing {
    /// Reasons are read and written.
    PACKED,
    /// Identifiers are never changed, and what stands in them means nothing.
    UNTOUCHED;

    @Nullable SamplingDecision read(String requestId) {
      return this == PACKED ? TraceReason.read(requestId) : null;
    }

    /// The identifier with the decision in it: the same text where nothing is to be written.
    public String write(String requestId, SamplingDecision decision) {
      return this == PACKED ? TraceReason.write(requestId, decision) : requestId;
    }

    /// The identifier without any decision in it.
    public String erase(String requestId) {
      return this == PACKED ? with(requestId, NONE) : requestId;
    }
  }

  private static @Nullable SamplingDecision read(String requestId) {
    if (requestId.length() != UUID_LENGTH) {
      return null;
    }
    return switch (requestId.charAt(POSITION)) {
      case SAMPLED -> SamplingDecision.REQUEST_ID_SAMPLED;
      case FORCED -> SamplingDecision.REQUEST_ID_FORCED;
      case CLIENT -> SamplingDecision.REQUEST_ID_CLIENT;
      default -> null;
    };
  }

  private static String write(String requestId, SamplingDecision decision) {
    return switch (decision) {
      case CLIENT_REQUESTED -> with(requestId, CLIENT);
      case FORCED -> with(requestId, TraceReason.FORCED);
      case RANDOM -> with(requestId, SAMPLED);
      case OVERALL_LIMIT, RATE_LIMITED -> with(requestId, NONE);
      case REQUEST_ID_SAMPLED,
          REQUEST_ID_FORCED,
          REQUEST_ID_CLIENT,
          ALWAYS,
          NOT_CHOSEN,
          HEALTH_CHECK,
          NOT_TRACEABLE,
          PARENT_SAMPLED,
          PARENT_NOT_SAMPLED,
          ALWAYS_ON,
          RATIO,
          NOT_IN_RATIO,
          XRAY_FIXED_TARGET,
          XRAY_RATE,
          XRAY_NOT_CHOSEN ->
          requestId;
    };
  }

  private static String with(String requestId, char reason) {
    if (requestId.length() != UUID_LENGTH || requestId.charAt(POSITION) == reason) {
      return requestId;
    }
    return requestId.substring(0, POSITION) + reason + requestId.substring(POSITION + 1);
  }
}
