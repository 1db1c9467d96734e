package io.sidetrace.sidecar.config;

import io.sidetrace.sidecar.config.provider.Provider;
import io.sidetrace.sidecar.trace.HeaderFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The formats in which contexts travel through a connection manager.
///
/// @param extract ordered: the first that is understood wins
/// @param inject all are written
/// @param injectUnsampled whether a request that is not sampled and brought no context gets one
public record ContextPropagation(
    List<HeaderFormat> extract, List<HeaderFormat> inject, boolean injectUnsampled) {
  public ContextPropagation {
    extract = List.copyOf(extract);
    inject = List.copyOf(inject);
  }

  /// As the provider has it in Envoy.
  static ContextPropagation of(Provider provider) {
    return new ContextPropagation(
        provider.dialect().extract(), provider.dialect().inject(), provider.injectsUnsampled());
  }

  /// What a configuration says of it; null is what it leaves to the provider.
  record Wish(
      @Nullable List<HeaderFormat> extract,
      @Nullable List<HeaderFormat> inject,
      @Nullable Boolean injectUnsampled) {
    static final Wish NOTHING = new Wish(null, null, null);

    ContextPropagation over(ContextPropagation otherwise) {
      return new ContextPropagation(
          extract == null ? otherwise.extract() : extract,
          inject == null ? otherwise.inject() : inject,
          injectUnsampled == null ? otherwise.injectUnsampled() : injectUnsampled);
    }
  }
}
