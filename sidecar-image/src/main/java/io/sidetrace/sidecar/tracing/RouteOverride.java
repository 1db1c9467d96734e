package io.sidetrace.sidecar.tracing;

import io.sidetrace.sidecar.sampling.SamplingShares;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a route says about the tracing of its requests. Made once per route, not per request.
///
/// @param sampling replaces the connection manager's shares; null: they stand
/// @param customTags come on top of the connection manager's; one of the same name replaces it
/// @param decorator names the span; null: it is named after the authority
/// @param names what is given replaces the connection manager's
public record RouteOverride(
    @Nullable SamplingShares sampling,
    List<CustomTag> customTags,
    @Nullable Decorator decorator,
    SpanNames names) {
  static final RouteOverride NONE = new RouteOverride(null, List.of(), null, SpanNames.NONE);

  public RouteOverride {
    customTags = List.copyOf(customTags);
  }

  /// Names the span.
  ///
  /// @param propagate whether the name is also sent along in `x-envoy-decorator-operation`
  public record Decorator(String operation, boolean propagate) {}
}
