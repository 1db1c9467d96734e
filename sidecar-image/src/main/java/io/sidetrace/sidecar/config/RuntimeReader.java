package io.sidetrace.sidecar.config;

import io.sidetrace.sidecar.config.SamplingPercentages.Parts;
import io.sidetrace.sidecar.config.document.Field;
import io.sidetrace.sidecar.config.document.Message;
import org.jspecify.annotations.Nullable;

/// Reads the keys of Envoy's runtime that decide sampling, and keeps them: they beat what
/// connection managers and routes say. Confined to one reading, in which the bootstrap comes first.
final class RuntimeReader {
  /// Envoy counts a key's share in percent, and takes what is above for all.
  private static final int ALL = 100;

  private @Nullable Integer client;
  private @Nullable Integer random;
  private @Nullable Integer overall;

  void read(Field layeredRuntime) {
    var _ = layeredRuntime.message(this::runtime);
  }

  private Void runtime(Message message) {
    message.named("LayeredRuntime");
    message.field("layers").messages(this::layer);
    return null;
  }

  private Void layer(Message message) {
    message.named("RuntimeLayer");
    message.field("name").requiredText();
    message.unsupported("disk_layer", "not yet (expected: static_layer)");
    message.unsupported("admin_layer", "keys cannot be changed (expected: static_layer)");
    message.unsupported("rtds_layer", "not yet (expected: static_layer)");
    var _ = message.field("static_layer").message(this::keys);
    return null;
  }

  /// A later layer beats the ones before it.
  private Void keys(Message message) {
    message.named("RuntimeLayer.static_layer");
    client = key(message.field("tracing.client_enabled"), client);
    random = key(message.field("tracing.random_sampling"), random);
    overall = key(message.field("tracing.global_enabled"), overall);
    return null;
  }

  private static @Nullable Integer key(Field field, @Nullable Integer before) {
    return field.isGiven()
        ? Integer.valueOf(Math.min(ALL, field.integer(0, Integer.MAX_VALUE, 0)))
        : before;
  }

  /// The shares that count where the configuration says these.
  SamplingPercentages over(SamplingPercentages given) {
    Parts parts = given.parts();
    return new SamplingPercentages(
        client == null ? given.client() : client,
        random == null ? given.random() : random,
        overall == null ? given.overall() : overall,
        new Parts(
            client == null ? parts.client() : ALL,
            random == null ? parts.random() : ALL,
            overall == null ? parts.overall() : ALL));
  }
}
