package io.sidetrace.sidecar.config;

import io.sidetrace.sidecar.config.document.Field;
import io.sidetrace.sidecar.config.document.Message;
import org.jspecify.annotations.Nullable;

/// What the `metadata` of a filter chain asks of us: Envoy knows no fields for it, and passes over
/// namespaces of metadata that none of its filters looks for.
///
/// @param field where `connection_spans` is said
/// @param connectionSpans whether the chain's connections make spans
/// @param propagationField where `propagation` is said
/// @param propagation null: as the provider has it
record ChainMetadata(
    Field field,
    boolean connectionSpans,
    Field propagationField,
    ContextPropagation.@Nullable Wish propagation) {
  static ChainMetadata read(Message message) {
    message.named("Metadata");
    message.unsupported("typed_filter_metadata", "nothing uses it (expected: filter_metadata)");
    Field namespaces = message.field("filter_metadata");
    ChainMetadata ours = namespaces.message(ChainMetadata::namespaces);
    return ours == null ? nothing(namespaces) : ours;
  }

  private static ChainMetadata namespaces(Message message) {
    message.named("Metadata.filter_metadata");
    message.othersPass();
    Field namespace = message.field("io.sidetrace");
    ChainMetadata ours = namespace.message(ChainMetadata::ours);
    return ours == null ? nothing(namespace) : ours;
  }

  private static ChainMetadata nothing(Field field) {
    return new ChainMetadata(field, false, field, null);
  }

  private static ChainMetadata ours(Message message) {
    message.named("io.sidetrace");
    Field spans = message.field("connection_spans");
    Field propagation = message.field("propagation");
    return new ChainMetadata(
        spans, spans.flag(false), propagation, propagation.message(PropagationReader::read));
  }

  /// Refuses propagation on a chain that has none.
  ///
  /// @param filter of that chain
  void refusePropagation(NetworkFilter filter) {
    if (propagation == null) {
      return;
    }
    switch (filter) {
      case NetworkFilter.Tcp _ ->
          propagationField.refuse(
              "given on a chain of tcp_proxy (expected: on one of http_connection_manager)");
      case NetworkFilter.Http http -> {
        if (http.manager().tracing() == null) {
          propagationField.refuse(
              "given without tracing (expected: an http_connection_manager with tracing)");
        }
      }
    }
  }
}
