package io.sidetrace.sidecar.config;

import io.sidetrace.sidecar.config.provider.Provider;
import io.sidetrace.sidecar.format.Format;
import java.util.List;
import java.util.stream.Stream;

/// The `tracing` object of a connection manager.
///
/// @param maxPathTagLength how much of the path the tag `http.url` keeps, in characters
/// @param healthChecks requests that make no span: those in which all matches of one list hold
/// @param propagatesContext whether the upstream gets to see the trace
/// @param additions what Envoy has no fields for
public record HttpTracing(
    SamplingPercentages sampling,
    List<CustomTag> customTags,
    List<List<Route.HeaderMatch>> healthChecks,
    boolean verbose,
    int maxPathTagLength,
    boolean spawnUpstreamSpan,
    boolean propagatesContext,
    Provider provider,
    SpanNames names,
    TracingAdditions additions) {
  public HttpTracing {
    customTags = List.copyOf(customTags);
    healthChecks = List.copyOf(healthChecks);
  }

  /// Without additions.
  public HttpTracing(
      SamplingPercentages sampling,
      List<CustomTag> customTags,
      List<List<Route.HeaderMatch>> healthChecks,
      boolean verbose,
      int maxPathTagLength,
      boolean spawnUpstreamSpan,
      boolean propagatesContext,
      Provider provider,
      SpanNames names) {
    this(
        sampling,
        customTags,
        healthChecks,
        verbose,
        maxPathTagLength,
        spawnUpstreamSpan,
        propagatesContext,
        provider,
        names,
        TracingAdditions.of(provider));
  }

  HttpTracing with(TracingAdditions.Wish wish) {
    return new HttpTracing(
        sampling,
        customTags,
        healthChecks,
        verbose,
        maxPathTagLength,
        spawnUpstreamSpan,
        propagatesContext,
        provider,
        names,
        wish.over(provider));
  }

  /// All format strings in it.
  public Stream<Format> formats() {
    return Stream.concat(names.formats(), CustomTag.formats(customTags));
  }
}
