package io.sidetrace.sidecar.tracing;

import io.sidetrace.sidecar.format.Format;
import org.jspecify.annotations.Nullable;

/// The names of spans, made when these end. Immutable.
///
/// @param request of the request's span, in the place of decorators and what they send along; null:
///   those name it
/// @param upstream of the span that stands for the request to the upstream; null: Envoy's name
public record SpanNames(@Nullable Format request, @Nullable Format upstream) {
  public static final SpanNames NONE = new SpanNames(null, null);

  /// These names, and where they say nothing the others.
  public SpanNames or(SpanNames others) {
    return new SpanNames(
        request == null ? others.request : request, upstream == null ? others.upstream : upstream);
  }
}
