package io.sidetrace.sidecar.config;

import io.sidetrace.sidecar.config.document.Field;
import io.sidetrace.sidecar.config.document.Message;
import io.sidetrace.sidecar.config.provider.CollectorOptions;
import io.sidetrace.sidecar.config.provider.CollectorOptionsReader;
import org.jspecify.annotations.Nullable;

/// What the `metadata` of a filter chain asks of us: Envoy knows no fields for it, and passes over
/// namespaces of metadata that none of its filters looks for.
///
/// @param field where it is said
/// @param connectionSpans whether the chain's connections make spans
/// @param collector what is asked of sending spans; null: nothing
record ChainMetadata(Field field, boolean connectionSpans, @Nullable CollectorOptions collector) {
  static ChainMetadata read(Message message, CollectorOptionsReader collectors) {
    message.named("Metadata");
    message.unsupported("typed_filter_metadata", "nothing uses it (expected: filter_metadata)");
    Field namespaces = message.field("filter_metadata");
    ChainMetadata ours = namespaces.message(inner -> namespaces(inner, collectors));
    return ours == null ? new ChainMetadata(namespaces, false, null) : ours;
  }

  private static ChainMetadata namespaces(Message message, CollectorOptionsReader collectors) {
    message.named("Metadata.filter_metadata");
    message.othersPass();
    Field namespace = message.field("io.sidetrace");
    ChainMetadata ours = namespace.message(inner -> ours(inner, collectors));
    return ours == null ? new ChainMetadata(namespace, false, null) : ours;
  }

  private static ChainMetadata ours(Message message, CollectorOptionsReader collectors) {
    message.named("io.sidetrace");
    Field field = message.field("connection_spans");
    return new ChainMetadata(
        field, field.flag(false), message.field("collector").message(collectors::read));
  }
}
