package io.sidetrace.sidecar.config.document;

import org.jspecify.annotations.Nullable;

/// Turns one message into a value. It asks for every field that it knows, present or not, because
/// what nobody asked for is refused, and it always returns a value: when something does not fit,
/// any value of the type, since a document with a refusal is not used.
@FunctionalInterface
public interface Reader<T extends @Nullable Object> {
  T read(Message message);
}
