package io.sidetrace.sidecar.config;

import io.sidetrace.sidecar.config.provider.CollectorOptions;
import io.sidetrace.sidecar.config.provider.Provider;
import io.sidetrace.sidecar.format.Format;
import java.util.List;
import java.util.stream.Stream;

/// The `tracing` object of a connection manager.
///
/// @param maxPathTagLength how much of the path the tag `http.url` keeps, in characters
/// @param healthChecks requests that make no span: those in which all matches of one list hold
/// @param propagatesContext whether the upstream gets to see the trace
/// @param collector what is asked of sending spans beside the provider's settings
/// @param bounds what of sampling Envoy has no words for
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
    CollectorOptions collector,
    SamplingBounds bounds) {
  public HttpTracing {
    customTags = List.copyOf(customTags);
    healthChecks = List.copyOf(healthChecks);
  }

  /// Of which nothing is asked beside.
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
        CollectorOptions.NONE,
        SamplingBounds.NONE);
  }

  /// The same, but for what is asked of sending to the collector.
  HttpTracing withCollector(CollectorOptions options) {
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
        options,
        bounds);
  }

  /// The same, within other bounds.
  HttpTracing within(SamplingBounds others) {
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
        collector,
        others);
  }

  /// All format strings in it.
  public Stream<Format> formats() {
    return Stream.concat(names.formats(), CustomTag.formats(customTags));
  }
}
