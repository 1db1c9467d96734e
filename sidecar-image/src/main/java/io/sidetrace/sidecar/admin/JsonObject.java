package io.sidetrace.sidecar.admin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A JSON object under construction: fields in order; values are texts, numbers, booleans, null,
/// lists and objects of such. Confined to one thread.
final class JsonObject {
  private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();

  JsonObject put(String name, @Nullable Object value) {
    fields.put(name, value);
    return this;
  }

  /// On one line.
  String format() {
    var out = new StringBuilder();
    append(out);
    return out.toString();
  }

  private void append(StringBuilder out) {
    String separator = "{";
    for (Map.Entry<String, @Nullable Object> field : fields.entrySet()) {
      out.append(separator);
      quote(out, field.getKey());
      out.append(':');
      append(out, field.getValue());
      separator = ",";
    }
    out.append(fields.isEmpty() ? "{}" : "}");
  }

  private static void append(StringBuilder out, @Nullable Object value) {
    switch (value) {
      case null -> out.append("null");
      case JsonObject object -> object.append(out);
      case List<?> list -> append(out, list);
      case Number number -> out.append(number);
      case Boolean truth -> out.append(truth.booleanValue());
      default -> quote(out, value.toString());
    }
  }

  private static void append(StringBuilder out, List<?> list) {
    String separator = "[";
    for (Object element : list) {
      out.append(separator);
      append(out, element);
      separator = ",";
    }
    out.append(list.isEmpty() ? "[]" : "]");
  }

  private static void quote(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (Character.isISOControl(c) || Character.isSurrogate(c)) {
        // Escaped, a surrogate without its other half is still JSON.
        out.append("\\u%04x".formatted((int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
