package io.sidetrace.sidecar.format;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A JSON document with formats in the place of texts. A text that is one operator and nothing else
/// keeps its type: a number stays one, and what is absent is `null`. Immutable.
public sealed interface JsonFormat {

  /// Appends the octets of the document for one exchange, on one line.
  void append(ExchangeFacts facts, StringBuilder out);

  /// All formats in it.
  Stream<Format> formats();

  /// An object; its fields stand in the order of their names, as in Envoy.
  record Fields(List<Field> fields) implements JsonFormat {
    public Fields {
      fields = List.copyOf(fields);
    }

    public static Fields of(Map<String, JsonFormat> fields) {
      return new Fields(
          new TreeMap<>(fields)
              .entrySet().stream()
                  .map(field -> new Field(JsonText.quoted(field.getKey()), field.getValue()))
                  .toList());
    }

    @Override
    public void append(ExchangeFacts facts, StringBuilder out) {
      for (int i = 0; i < fields.size(); i++) {
        out.append(i == 0 ? '{' : ',').append(fields.get(i).name()).append(':');
        fields.get(i).value().append(facts, out);
      }
      out.append(fields.isEmpty() ? "{}" : "}");
    }

    @Override
    public Stream<Format> formats() {
      return fields.stream().flatMap(field -> field.value().formats());
    }
  }

  /// One field of an object.
  ///
  /// @param name in its quotation marks
  record Field(String name, JsonFormat value) {}

  record Elements(List<JsonFormat> elements) implements JsonFormat {
    public Elements {
      elements = List.copyOf(elements);
    }

    @Override
    public void append(ExchangeFacts facts, StringBuilder out) {
      for (int i = 0; i < elements.size(); i++) {
        out.append(i == 0 ? '[' : ',');
        elements.get(i).append(facts, out);
      }
      out.append(elements.isEmpty() ? "[]" : "]");
    }

    @Override
    public Stream<Format> formats() {
      return elements.stream().flatMap(JsonFormat::formats);
    }
  }

  /// A format.
  record Text(Format format) implements JsonFormat {
    @Override
    public void append(ExchangeFacts facts, StringBuilder out) {
      Part only = format.single();
      if (only instanceof Part.Amount) {
        if (!only.append(facts, out)) {
          out.append("null");
        }
        return;
      }
      int start = out.length();
      out.append('"');
      if (only == null) {
        format.append(facts, Absent.DASH, out);
      } else if (!only.append(facts, out)) {
        out.setLength(start);
        out.append("null");
        return;
      }
      JsonText.escape(out, start + 1);
      out.append('"');
    }

    @Override
    public Stream<Format> formats() {
      return Stream.of(format);
    }
  }

  /// A number, `true`, `false` or `null`, as it is written.
  record Plain(String json) implements JsonFormat {
    @Override
    public void append(ExchangeFacts facts, StringBuilder out) {
      out.append(json);
    }

    @Override
    public Stream<Format> formats() {
      return Stream.empty();
    }
  }
}
