package io.sidetrace.sidecar.config;

import io.sidetrace.sidecar.format.Format;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The names of spans as format strings, which put decorators out of force.
///
/// @param operation of the request's span; null: not given
/// @param upstreamOperation of the span that stands for the request to the upstream; null: not
///   given
public record SpanNames(@Nullable Format operation, @Nullable Format upstreamOperation) {
  public static final SpanNames NONE = new SpanNames(null, null);

  Stream<Format> formats() {
    return Stream.concat(Stream.ofNullable(operation), Stream.ofNullable(upstreamOperation));
  }
}
