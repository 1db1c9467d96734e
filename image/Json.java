import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Writes maps, lists, strings and numbers as JSON: what an image's three documents need, in the
/// order given.
final class Json {
  private Json() {}

  static String write(Object value) {
    return switch (value) {
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(entry -> quote(entry.getKey().toString()) + ":" + write(entry.getValue()))
              .collect(Collectors.joining(",", "{", "}"));
      case List<?> list ->
          list.stream().map(Json::write).collect(Collectors.joining(",", "[", "]"));
      case Number number -> number.toString();
      default -> quote(value.toString());
    };
  }

  private static String quote(String text) {
    return "\""
        + text.chars()
            .mapToObj(c ->
                c < ' ' || c == '"' || c == '\\' ? "\\u%04x".formatted(c) : Character.toString(c))
            .collect(Collectors.joining())
        + "\"";
  }
}
