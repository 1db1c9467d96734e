package io.sidetrace.sidecar.config;

import io.sidetrace.sidecar.config.provider.CollectorOptions;
import io.sidetrace.sidecar.config.provider.Provider;

/// What the metadata of a filter chain says of its tracing, where Envoy has no fields for it.
///
/// @param propagation in which formats contexts come and go
/// @param sampling the bounds that requests are sampled within
/// @param collector what is asked of sending spans beside the provider's settings
public record TracingAdditions(
    ContextPropagation propagation, SamplingBounds sampling, CollectorOptions collector) {

  /// As the provider has it in Envoy.
  static TracingAdditions of(Provider provider) {
    return new TracingAdditions(
        ContextPropagation.of(provider), SamplingBounds.NONE, CollectorOptions.NONE);
  }

  /// What is asked for, over what the provider has.
  record Wish(
      ContextPropagation.Wish propagation, SamplingBounds sampling, CollectorOptions collector) {
    static final Wish NOTHING =
        new Wish(ContextPropagation.Wish.NOTHING, SamplingBounds.NONE, CollectorOptions.NONE);

    TracingAdditions over(Provider provider) {
      return new TracingAdditions(
          propagation.over(ContextPropagation.of(provider)), sampling, collector);
    }
  }
}
