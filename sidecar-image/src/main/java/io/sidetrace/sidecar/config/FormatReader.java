package io.sidetrace.sidecar.config;

import io.sidetrace.sidecar.config.document.Field;
import io.sidetrace.sidecar.config.document.Value;
import io.sidetrace.sidecar.format.Format;
import io.sidetrace.sidecar.format.JsonFormat;
import io.sidetrace.sidecar.format.Surroundings;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads format strings, and JSON documents of such.
final class FormatReader {
  private static final JsonFormat NULL = new JsonFormat.Plain("null");

  private final Surroundings surroundings;

  FormatReader(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /// A format of at least one character.
  Format required(Field field) {
    return parsed(field, field.requiredText());
  }

  /// Null where none is given.
  @Nullable Format optional(Field field) {
    String text = field.text("");
    return text.isEmpty() ? null : parsed(field, text);
  }

  /// A format that may be empty.
  Format any(Field field) {
    return parsed(field, field.text(""));
  }

  private Format parsed(Field field, String text) {
    return switch (Format.parse(text, surroundings)) {
      case Format.Parsed.Compiled(var format) -> format;
      case Format.Parsed.Refused(var reason) -> {
        field.refuse(field.describe() + ": " + reason);
        yield Format.DEFAULT_LOG;
      }
    };
  }

  /// An object whose texts are formats.
  JsonFormat document(Field field) {
    if (field.isGiven() && !(field.value() instanceof Value.Mapping)) {
      field.refuse(field.describe() + " (expected: an object)");
    }
    return json(field);
  }

  private JsonFormat json(Field field) {
    return switch (field.value()) {
      case Value.Text _ -> new JsonFormat.Text(any(field));
      case Value.Numeral(var number, _) -> new JsonFormat.Plain(plain(number));
      case Value.Flag(var flag) -> new JsonFormat.Plain(String.valueOf(flag));
      case Value.Nothing() -> NULL;
      case Value.Sequence _ -> new JsonFormat.Elements(field.elements(this::json));
      case Value.Mapping _ -> {
        Map<String, JsonFormat> fields = new LinkedHashMap<>();
        field.entries().forEach((name, value) -> fields.put(name, json(value)));
        yield JsonFormat.Fields.of(fields);
      }
    };
  }

  private static String plain(double number) {
    long whole = (long) number;
    return whole == number ? String.valueOf(whole) : String.valueOf(number);
  }
}
