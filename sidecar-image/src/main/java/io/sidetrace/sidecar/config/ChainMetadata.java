package io.sidetrace.sidecar.config;

import io.sidetrace.sidecar.config.document.Field;
import io.sidetrace.sidecar.config.document.Message;
import io.sidetrace.sidecar.config.provider.CollectorOptions;
import io.sidetrace.sidecar.config.provider.CollectorOptionsReader;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// What the `metadata` of a filter chain asks of us: Envoy knows no fields for it, and passes over
/// namespaces of metadata that none of its filters looks for.
///
/// @param field where `connection_spans` is said
/// @param connectionSpans whether the chain's connections make spans
/// @param tracingFields what is said of tracing
/// @param tracing all of that
record ChainMetadata(
    Field field,
    boolean connectionSpans,
    List<Field> tracingFields,
    TracingAdditions.Wish tracing) {
  static ChainMetadata read(Message message, CollectorOptionsReader collectors) {
    message.named("Metadata");
    message.unsupported("typed_filter_metadata", "nothing uses it (expected: filter_metadata)");
    Field namespaces = message.field("filter_metadata");
    ChainMetadata ours = namespaces.message(inner -> namespaces(inner, collectors));
    return ours == null ? nothing(namespaces) : ours;
  }

  private static ChainMetadata namespaces(Message message, CollectorOptionsReader collectors) {
    message.named("Metadata.filter_metadata");
    message.othersPass();
    Field namespace = message.field("io.sidetrace");
    ChainMetadata ours = namespace.message(inner -> ours(inner, collectors));
    return ours == null ? nothing(namespace) : ours;
  }

  private static ChainMetadata nothing(Field field) {
    return new ChainMetadata(field, false, List.of(), TracingAdditions.Wish.NOTHING);
  }

  private static ChainMetadata ours(Message message, CollectorOptionsReader collectors) {
    message.named("io.sidetrace");
    Field spans = message.field("connection_spans");
    Field propagation = message.field("propagation");
    ContextPropagation.Wish formats = propagation.message(PropagationReader::read);
    Field sampling = message.field("sampling");
    SamplingBounds bounds = sampling.message(SamplingBoundsReader::read);
    Field collector = message.field("collector");
    CollectorOptions options = collector.message(collectors::read);
    return new ChainMetadata(
        spans,
        spans.flag(false),
        Stream.of(propagation, sampling, collector).filter(Field::isGiven).toList(),
        new TracingAdditions.Wish(
            Objects.requireNonNullElse(formats, ContextPropagation.Wish.NOTHING),
            Objects.requireNonNullElse(bounds, SamplingBounds.NONE),
            Objects.requireNonNullElse(options, CollectorOptions.NONE)));
  }

  /// Refuses what is said of tracing on a chain that has none.
  ///
  /// @param filter of that chain
  void refuseWithoutTracing(NetworkFilter filter) {
    switch (filter) {
      case NetworkFilter.Tcp _ ->
          refuse("given on a chain of tcp_proxy (expected: on one of http_connection_manager)");
      case NetworkFilter.Http http -> {
        if (http.manager().tracing() == null) {
          refuse("given without tracing (expected: an http_connection_manager with tracing)");
        }
      }
    }
  }

  private void refuse(String message) {
    tracingFields.forEach(field -> field.refuse(message));
  }
}
