package io.sidetrace.sidecar.sampling;

import io.sidetrace.sidecar.trace.Hex;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Envoy's sampling by `x-request-id`: every proxy that sees the same identifier comes to the same
/// answer, without a word between them. Event-loop confined, as its random generator.
public final class RequestIdSampler {

  /// The leading digits that make the number, which is taken modulo 10000: a share has two
  /// decimals.
  private static final int NUMBER_DIGITS = 8;

  private static final int NUMBERS = 10_000;

  private final RandomGenerator random;
  private final TraceReason.Packing packing;

  public RequestIdSampler(RandomGenerator random, TraceReason.Packing packing) {
    this.random = random;
    this.packing = packing;
  }

  /// Decides from what the request's head says.
  ///
  /// @param requestId empty: there is none
  /// @param clientTraceId the field `x-client-trace-id`, by which a client asks to be traced
  /// @param forceTrace the field `x-envoy-force-trace`; null where the sender has no right to it
  public SamplingDecision decide(
      String requestId,
      @Nullable String clientTraceId,
      @Nullable String forceTrace,
      SamplingShares shares) {
    int number = number(requestId);
    if (number < 0) {
      return SamplingDecision.NOT_TRACEABLE;
    }
    SamplingDecision decision = packing.read(requestId);
    if (decision == null) {
      boolean asks = clientTraceId != null && shares.client().holds(random.nextInt(NUMBERS));
      decision =
          asks ? SamplingDecision.CLIENT_REQUESTED : decideUnasked(number, forceTrace, shares);
    }
    return limited(decision, number, shares);
  }

  /// Decides for what has no identifier, and nobody who could ask for it: as for a request whose
  /// identifier is made at this moment.
  public SamplingDecision decide(SamplingShares shares) {
    int number = random.nextInt(NUMBERS);
    return limited(decideUnasked(number, null, shares), number, shares);
  }

  private static SamplingDecision limited(
      SamplingDecision decision, int number, SamplingShares shares) {
    return decision.sampled() && !shares.overall().holds(number)
        ? SamplingDecision.OVERALL_LIMIT
        : decision;
  }

  private static SamplingDecision decideUnasked(
      int number, @Nullable String forceTrace, SamplingShares shares) {
    if (forceTrace != null) {
      return SamplingDecision.FORCED;
    }
    return shares.random().holds(number) ? SamplingDecision.RANDOM : SamplingDecision.NOT_CHOSEN;
  }

  /// What is compared with shares: 0 to 9999; -1 when the identifier does not begin with eight
  /// hexadecimal digits.
  public static int number(String requestId) {
    if (requestId.length() < NUMBER_DIGITS) {
      return -1;
    }
    long number = 0;
    // Envoy reads `0x` as what it is before a hexadecimal number.
    for (int i = requestId.startsWith("0x") ? 2 : 0; i < NUMBER_DIGITS; i++) {
      int digit = Hex.digit(requestId.charAt(i));
      if (digit < 0) {
        return -1;
      }
      number = (number << 4) | digit;
    }
    return (int) (number % NUMBERS);
  }
}
