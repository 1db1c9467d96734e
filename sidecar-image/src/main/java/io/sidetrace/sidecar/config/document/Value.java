package io.sidetrace.sidecar.config.document;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A node of a parsed document. Immutable.
public sealed interface Value {
  /// Written in quotes, or plain and nothing else.
  record Text(String value) implements Value {}

  /// A number.
  ///
  /// @param written as it stood in the document, for messages
  record Numeral(double value, String written) implements Value {}

  record Flag(boolean value) implements Value {}

  /// `null`, or no value at all; Protocol Buffers read both as "not given".
  record Nothing() implements Value {}

  record Sequence(List<Value> elements) implements Value {
    public Sequence {
      elements = List.copyOf(elements);
    }
  }

  /// Fields in the order of the document.
  record Mapping(Map<String, Value> fields) implements Value {
    public static final Mapping EMPTY = new Mapping(Map.of());

    public Mapping {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    Mapping without(String field) {
      Map<String, Value> others = new LinkedHashMap<>(fields);
      others.remove(field);
      return new Mapping(others);
    }

    /// Lays `overlay` over this as Protocol Buffers merge messages: messages field by field, lists
    /// one after the other, all else replaced. A message that names its type is replaced as a
    /// whole.
    public Mapping merge(Mapping overlay) {
      Map<String, Value> merged = new LinkedHashMap<>(fields);
      overlay.fields.forEach((name, value) -> merged.merge(name, value, Value::merged));
      return new Mapping(merged);
    }
  }

  private static Value merged(Value base, Value overlay) {
    if (base instanceof Mapping under && overlay instanceof Mapping over) {
      return over.fields().containsKey(Message.TYPE_FIELD) ? over : under.merge(over);
    }
    if (base instanceof Sequence(var first) && overlay instanceof Sequence(var second)) {
      List<Value> joined = new ArrayList<>(first);
      joined.addAll(second);
      return new Sequence(joined);
    }
    return overlay instanceof Nothing ? base : overlay;
  }

  /// The number, which may stand in quotes; NaN where this is none.
  default double number() {
    return switch (this) {
      case Numeral(var number, _) -> number;
      case Text(var text) -> Numerals.parse(text);
      case Nothing _, Flag _, Sequence _, Mapping _ -> Double.NaN;
    };
  }

  /// What came, for a message to a person.
  default String describe() {
    return switch (this) {
      case Text(var value) -> quote(value);
      case Numeral(_, var written) -> written;
      case Flag(var value) -> String.valueOf(value);
      case Nothing() -> "null";
      case Sequence _ -> "a list";
      case Mapping _ -> "an object";
    };
  }

  private static String quote(String text) {
    int longestShown = 80; // characters: enough to recognise a value, short enough for one line
    String shown = text.length() <= longestShown ? text : text.substring(0, longestShown) + "…";
    return '"' + shown.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }
}
