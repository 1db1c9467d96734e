package io.sidetrace.sidecar.tracing;

import io.sidetrace.sidecar.propagation.HeaderReader;
import io.sidetrace.sidecar.sampling.SamplingRules;
import io.sidetrace.sidecar.sampling.SamplingShares;
import io.sidetrace.sidecar.sampling.TraceReason;
import io.sidetrace.sidecar.sampling.TraceSampling;
import io.sidetrace.sidecar.trace.Dialect;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// How one connection manager traces.
///
/// @param spans null: requests make no span and carry no context on, but still get their identifier
/// @param sampling who decides about spans; all event loops share it
public record TracingSettings(
    RequestIds requestIds, @Nullable Spans spans, TraceSampling sampling) {

  /// Settings whose spans are decided about as their dialect has it, and without bounds.
  public TracingSettings(RequestIds requestIds, @Nullable Spans spans) {
    this(requestIds, spans, spans == null ? TraceSampling.NONE : spans.ownSampling());
  }

  /// What happens to `x-request-id`; the fields are Envoy's.
  ///
  /// @param generate an absent identifier is made
  /// @param preserveExternal an identifier that comes in at the edge is kept
  /// @param alwaysInResponse responses carry it too
  /// @param packTraceReason the sampling decision is written into it
  /// @param useForSampling it decides random sampling; else every request is sampled
  /// @param useRemoteAddress the peer is the client itself: requests come in at the edge
  /// @param internalAddresses whose requests are believed
  public record RequestIds(
      boolean generate,
      boolean preserveExternal,
      boolean alwaysInResponse,
      boolean packTraceReason,
      boolean useForSampling,
      boolean useRemoteAddress,
      List<AddressRange> internalAddresses) {
    public RequestIds {
      internalAddresses = List.copyOf(internalAddresses);
    }

    /// Envoy's defaults.
    public static final RequestIds DEFAULTS =
        new RequestIds(true, false, false, true, true, false, List.of());

    TraceReason.Packing packing() {
      return packTraceReason ? TraceReason.Packing.PACKED : TraceReason.Packing.UNTOUCHED;
    }
  }

  /// What spans look like.
  ///
  /// @param direction INBOUND makes SERVER spans, OUTBOUND makes CLIENT spans
  /// @param healthCheck which requests are never recorded, by their fields
  /// @param nodeId tag `node_id`
  /// @param zone tag `zone`
  /// @param maxPathTagLength how many characters of the path the tag `http.url` keeps
  /// @param verbose spans carry the [Moment]s of the exchange as annotations
  /// @param spawnUpstreamSpan the request to the upstream is a CLIENT span of its own, child of a
  ///   SERVER span
  public record Spans(
      Direction direction,
      SamplingShares sampling,
      List<CustomTag> customTags,
      Predicate<HeaderReader> healthCheck,
      String nodeId,
      String zone,
      int maxPathTagLength,
      boolean verbose,
      Dialect dialect,
      boolean spawnUpstreamSpan,
      SpanNames names) {
    public Spans {
      customTags = List.copyOf(customTags);
    }

    TraceSampling ownSampling() {
      return TraceSampling.of(SamplingRules.of(dialect));
    }
  }

  /// Which way the connection manager's traffic goes, seen from the application.
  public enum Direction {
    INBOUND,
    OUTBOUND
  }
}
