package io.sidetrace.sidecar.tracing;

import io.sidetrace.sidecar.propagation.Extracted;
import io.sidetrace.sidecar.sampling.SamplingDecision;
import io.sidetrace.sidecar.sampling.SamplingShares;
import io.sidetrace.sidecar.trace.Span.Kind;
import io.sidetrace.sidecar.trace.Span.Tag;
import io.sidetrace.sidecar.trace.TraceContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Why a request would be traced as it would be, for a person to read.
///
/// @param receivedId the `x-request-id` that came; empty: none
/// @param requestId the one that goes upstream; empty: none
/// @param tracing null: requests make no span here
public record Explanation(String receivedId, String requestId, @Nullable Tracing tracing) {

  /// What became of the request's trace.
  ///
  /// @param decision what Envoy's shares come to here
  /// @param outcome what was decided in the end, and by whom
  /// @param number what of the identifier is compared with shares; -1: nothing can be
  /// @param shares those in force for the route
  /// @param extracted what the request says of its trace
  /// @param span the request's place in its trace
  /// @param injected what the upstream gets to see, where any format is injected
  /// @param shared whether the span is the caller's own
  /// @param recorded null: no span is made
  public record Tracing(
      SamplingDecision decision,
      SamplingDecision outcome,
      int number,
      SamplingShares shares,
      Extracted extracted,
      TraceContext span,
      TraceContext injected,
      boolean shared,
      @Nullable Recorded recorded,
      Formats formats) {}

  /// The formats of headers that the request's context came in and goes on in.
  ///
  /// @param extracted whose word it was; null: none was understood
  /// @param injected empty: nothing is written
  public record Formats(@Nullable String extracted, List<String> injected) {
    public Formats {
      injected = List.copyOf(injected);
    }
  }

  /// The span as far as the request decides; its response adds to it, and may rename it.
  ///
  /// @param name empty: a format makes it when the span ends
  public record Recorded(String name, Kind kind, List<Tag> tags) {
    public Recorded {
      tags = List.copyOf(tags);
    }
  }
}
