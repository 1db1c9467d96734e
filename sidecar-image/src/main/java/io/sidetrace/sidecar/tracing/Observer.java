package io.sidetrace.sidecar.tracing;

import io.sidetrace.sidecar.propagation.Extracted;
import io.sidetrace.sidecar.sampling.SamplingDecision;
import io.sidetrace.sidecar.sampling.SamplingShares;

/// Is told what a tracer decides, step by step. Changes nothing.
sealed interface Observer permits Observer.Nobody, Notes, TracingCounts.OfManager {
  Observer NOBODY = new Nobody();

  /// The sampling decision is made.
  ///
  /// @param requestId the identifier that was looked at, before a decision is packed into it
  void decided(String requestId, SamplingDecision decision, SamplingShares shares);

  void placed(Extracted extracted, SpanPosition position);

  /// Of requests that nobody asks about, which are all but a few.
  record Nobody() implements Observer {
    @Override
    public void decided(String requestId, SamplingDecision decision, SamplingShares shares) {}

    @Override
    public void placed(Extracted extracted, SpanPosition position) {}
  }
}
