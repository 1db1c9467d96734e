package io.sidetrace.sidecar.config;

import io.sidetrace.sidecar.config.document.Field;
import io.sidetrace.sidecar.config.document.Message;
import org.jspecify.annotations.Nullable;

/// What the `metadata` of a filter chain asks of us: Envoy knows no fields for it, and passes over
/// namespaces of metadata that none of its filters looks for.
///
/// @param field where it is said
/// @param connectionSpans whether the chain's connections make spans
/// @param sampling null: nothing is said of it
record ChainMetadata(
    Field field, boolean connectionSpans, Field samplingField, @Nullable SamplingBounds sampling) {
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

  private static ChainMetadata ours(Message message) {
    message.named("io.sidetrace");
    Field field = message.field("connection_spans");
    Field sampling = message.field("sampling");
    return new ChainMetadata(
        field, field.flag(false), sampling, sampling.message(SamplingBoundsReader::read));
  }

  private static ChainMetadata nothing(Field field) {
    return new ChainMetadata(field, false, field, null);
  }
}
