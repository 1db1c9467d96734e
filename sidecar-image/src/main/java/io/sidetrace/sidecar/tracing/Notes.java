package io.sidetrace.sidecar.tracing;

import io.sidetrace.sidecar.propagation.Extracted;
import io.sidetrace.sidecar.sampling.RequestIdSampler;
import io.sidetrace.sidecar.sampling.SamplingDecision;
import io.sidetrace.sidecar.sampling.SamplingShares;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Notes what a tracer decides about one request. Confined to one thread.
final class Notes implements Observer {
  private @Nullable SamplingDecision decision;
  private @Nullable SamplingShares shares;
  private @Nullable Extracted extracted;
  private @Nullable SpanPosition position;
  private int number;

  @Override
  public void decided(String requestId, SamplingDecision made, SamplingShares inForce) {
    decision = made;
    shares = inForce;
    number = RequestIdSampler.number(requestId);
  }

  @Override
  public void placed(Extracted received, SpanPosition taken) {
    extracted = received;
    position = taken;
  }

  /// @param spans null: requests make none
  Explanation explain(TracedRequest request, RequestTrace trace, @Nullable SpanTracer spans) {
    return new Explanation(
        RequestIdentity.received(request),
        trace.requestId(),
        position == null || spans == null ? null : tracing(position, trace, request, spans));
  }

  private Explanation.Tracing tracing(
      SpanPosition taken, RequestTrace trace, TracedRequest request, SpanTracer spans) {
    Extracted received = Objects.requireNonNull(extracted);
    return new Explanation.Tracing(
        Objects.requireNonNull(decision),
        taken.decision(),
        number,
        Objects.requireNonNull(shares),
        received,
        taken.span(),
        taken.injected(),
        taken.shared(),
        trace instanceof RecordedTrace recorded ? recorded.explain() : null,
        spans.formats(request, received, taken));
  }
}
