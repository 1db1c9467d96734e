package io.sidetrace.sidecar.config.document;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The messages that may stand in an open place: `name` with `typed_config`, whose `@type` says
/// which it is; or, as before 2020, `name` alone or with `config`. Immutable once built.
public final class Extensions<T> {
  private static final String TYPE_PREFIX = "type.googleapis.com/";

  private final Map<String, Reader<? extends T>> byType = new LinkedHashMap<>();
  private final Map<String, Reader<? extends T>> byName = new LinkedHashMap<>();

  /// Adds a message that may stand here.
  ///
  /// @param type the message's full name
  /// @param names those that say which it is where no type does
  public Extensions<T> with(String type, Reader<? extends T> reader, String... names) {
    byType.put(TYPE_PREFIX + type, reader);
    for (String name : names) {
      byName.put(name, reader);
    }
    return this;
  }

  /// Reads `name` and `typed_config` of a message; null where they are refused.
  public @Nullable T read(Message message) {
    return read(message.field("name"), message.field("typed_config"), message.field("config"));
  }

  private @Nullable T read(Field name, Field typed, Field untyped) {
    String given = name.text("");
    if (typed.isGiven() && untyped.isGiven()) {
      untyped.refuse("given beside typed_config (expected: one of them)");
    }
    return typed.isGiven() || typed.reading() instanceof Reading.OfFieldNames
        ? readTyped(typed)
        : readNamed(given, name, untyped);
  }

  /// Reads a message that names its type itself; null where it is refused.
  public @Nullable T readTyped(Field field) {
    if (field.reading() instanceof Reading.OfFieldNames) {
      byType.values().forEach(field::message);
    }
    if (!(field.value() instanceof Value.Mapping mapping)) {
      field.refuse(field.describe() + " (expected: an object)");
      return null;
    }
    Value type = mapping.fields().getOrDefault(Message.TYPE_FIELD, new Value.Nothing());
    Reader<? extends T> reader = type instanceof Value.Text(var text) ? byType.get(text) : null;
    if (reader == null) {
      field.refuse(
          "@type is %s (expected one of: %s)"
              .formatted(type.describe(), String.join(", ", byType.keySet())));
      return null;
    }
    return Message.read(field.reading(), field.path(), mapping.without(Message.TYPE_FIELD), reader);
  }

  private @Nullable T readNamed(String given, Field name, Field untyped) {
    Reader<? extends T> reader = byName.get(given);
    if (reader == null) {
      name.refuse(
          "%s (expected one of: %s)"
              .formatted(name.describe(), String.join(", ", byName.keySet())));
      return null;
    }
    return untyped.isGiven()
        ? untyped.message(reader)
        : Message.read(name.reading(), untyped.path(), Value.Mapping.EMPTY, reader);
  }
}
