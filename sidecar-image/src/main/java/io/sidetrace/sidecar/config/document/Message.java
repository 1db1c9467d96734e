package io.sidetrace.sidecar.config.document;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One object of a document, while it is being read. Confined to one thread.
///
///     static TcpProxy tcpProxy(Message message) {
///       message.named("TcpProxy");
///       return new TcpProxy(
///           message.field("stat_prefix").requiredText(), message.field("cluster").requiredText());
///     }
public final class Message {
  /// Says which message a message is, where that is open.
  static final String TYPE_FIELD = "@type";

  private final Reading reading;
  private final String path;
  private final Map<String, Value> fields;
  private final Set<String> known = new LinkedHashSet<>();
  private final Map<String, String> names = new HashMap<>();
  private final Set<String> unsupported = new LinkedHashSet<>();
  private String name = "";
  private boolean refusedAField;
  private boolean othersPass;

  private Message(Reading reading, String path, Value.Mapping value) {
    this.reading = reading;
    this.path = path;
    this.fields = value.fields();
  }

  /// Reads a whole document.
  public static <T extends @Nullable Object> T read(
      Reading reading, Value.Mapping root, Reader<T> reader) {
    return read(reading, "$", root, reader);
  }

  static <T extends @Nullable Object> T read(
      Reading reading, String path, Value.Mapping value, Reader<T> reader) {
    var message = new Message(reading, path, value);
    T result = reader.read(message);
    message.close();
    return result;
  }

  /// Says which message this is, for the list of known fields.
  public void named(String type) {
    name = type;
  }

  /// The field of this name, in `snake_case`; `camelCase` is read too, as in Protocol Buffers'
  /// JSON.
  public Field field(String field) {
    known.add(field);
    String camelCase = camelCase(field);
    names.put(camelCase, field);
    names.put(field, field);
    Value value = fields.get(field);
    Value other = camelCase.equals(field) ? null : fields.get(camelCase);
    if (value != null && other != null) {
      refuse("both " + field + " and " + camelCase + " (expected: one of them)");
    }
    String written = value == null && other != null ? camelCase : field;
    Value given = value == null ? other : value;
    return new Field(reading, path + "." + written, given == null ? new Value.Nothing() : given);
  }

  /// Refuses a field that Envoy has and that is not supported.
  public void unsupported(String field, String reason) {
    Field given = field(field);
    known.remove(field);
    unsupported.add(field);
    if (given.isGiven()) {
      given.refuse("unsupported: " + reason);
      refusedAField = true;
    }
  }

  /// Lets all fields pass that nobody asks for: their names belong to others.
  public void othersPass() {
    othersPass = true;
  }

  /// Exactly one of several fields.
  public <T> T oneOf(T otherwise, List<Alternative<T>> alternatives) {
    List<Field> given = given(alternatives);
    if (given.isEmpty() && !refusedAField) {
      refuse("missing (expected one of: " + fieldNames(alternatives) + ")");
    }
    return atMostOneOf(otherwise, alternatives);
  }

  /// One of several fields, or none: then `otherwise`.
  public <T> T atMostOneOf(T otherwise, List<Alternative<T>> alternatives) {
    if (given(alternatives).size() > 1) {
      refuse("more than one of " + fieldNames(alternatives) + " (expected: one)");
    }
    T result = otherwise;
    for (Alternative<T> alternative : alternatives) {
      Field field = field(alternative.field());
      if (field.isGiven() || reading instanceof Reading.OfFieldNames) {
        result = alternative.read().apply(field);
      }
    }
    return result;
  }

  private List<Field> given(List<? extends Alternative<?>> alternatives) {
    return alternatives.stream()
        .map(alternative -> field(alternative.field()))
        .filter(Field::isGiven)
        .toList();
  }

  private static String fieldNames(List<? extends Alternative<?>> alternatives) {
    return alternatives.stream().map(Alternative::field).collect(Collectors.joining(", "));
  }

  /// Refuses the message as a whole.
  public void refuse(String message) {
    reading.refuse(path, message);
  }

  Reading reading() {
    return reading;
  }

  private void close() {
    if (reading instanceof Reading.OfFieldNames walk) {
      known.forEach(field -> walk.known(name, field));
      unsupported.forEach(field -> walk.known(name, field));
    }
    for (String field : othersPass ? Set.<String>of() : fields.keySet()) {
      if (!names.containsKey(field)) {
        reading.refuse(path + "." + field, "unsupported field (" + expected(field) + ")");
      }
    }
  }

  private String expected(String field) {
    String guess = Nearest.to(field, known).map(near -> "did you mean " + near + "? ").orElse("");
    return guess
        + (known.isEmpty() ? "expected: none" : "expected one of: " + String.join(", ", known));
  }

  private static String camelCase(String snakeCase) {
    var camelCase = new StringBuilder(snakeCase.length());
    for (int i = 0; i < snakeCase.length(); i++) {
      char c = snakeCase.charAt(i);
      boolean startsWord = i > 0 && snakeCase.charAt(i - 1) == '_';
      if (c != '_') {
        camelCase.append(startsWord ? Character.toUpperCase(c) : c);
      }
    }
    return camelCase.toString();
  }
}
