package io.sidetrace.sidecar.config;

import io.sidetrace.sidecar.config.provider.CollectorOptions;
import io.sidetrace.sidecar.config.provider.Provider;

/// What the metadata of a filter chain says of its tracing, where Envoy has no fields for it.
///
/// @param propagation in which formats contexts come and go
/// @param collector what is asked of sending spans beside the provider's settings
public record TracingAdditions(ContextPropagation propagation, CollectorOptions collector) {

  /// As the provider has it in Envoy.
  static TracingAdditions of(Provider provider) {
    return new TracingAdditions(ContextPropagation.of(provider), CollectorOptions.NONE);
  }

  /// What is asked for, over what the provider has.
  record Wish(ContextPropagation.Wish propagation, CollectorOptions collector) {
    static final Wish NOTHING = new Wish(ContextPropagation.Wish.NOTHING, CollectorOptions.NONE);

    TracingAdditions over(Provider provider) {
      return new TracingAdditions(propagation.over(ContextPropagation.of(provider)), collector);
    }
  }
}
