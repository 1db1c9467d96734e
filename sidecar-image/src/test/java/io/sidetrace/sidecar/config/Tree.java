package io.sidetrace.sidecar.config;

import io.sidetrace.sidecar.config.document.DocumentParser;
import io.sidetrace.sidecar.config.document.Parsed;
import io.sidetrace.sidecar.config.document.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A document that tests take apart: an example file, changed at a JSON path, and written as JSON.
final class Tree {
  static final Path EXAMPLES = Path.of("src/test/resources/config");

  /// Namespaces of metadata are names with a dot.
  private static final Pattern STEP =
      Pattern.compile("\\.((?:io|com)\\.[^.\\[]+|[^.\\[]+)|\\[(\\d+)]");

  private final Object root;

  private Tree(Object root) {
    this.root = root;
  }

  static Tree example(String name) {
    try {
      return new Tree(parse(Files.readString(EXAMPLES.resolve(name))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Tree copy() {
    return new Tree(copy(root));
  }

  private static Object copy(Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        Map<Object, Object> copy = new LinkedHashMap<>();
        map.forEach((name, field) -> copy.put(name, copy(field)));
        yield copy;
      }
      case List<?> list ->
          list.stream().map(Tree::copy).collect(Collectors.toCollection(ArrayList::new));
      default -> value;
    };
  }

  /// Puts the value, given as YAML, at the path; a field that is not there is added.
  Tree set(String path, String yaml) {
    return change(path, parse("{value: " + yaml + "}").get("value"));
  }

  Tree remove(String path) {
    Place place = place(path);
    if (place.holder() instanceof List<?> list) {
      list.remove(Integer.parseInt(place.step()));
    } else {
      fields(place.holder()).remove(place.step());
    }
    return this;
  }

  Tree change(String path, Object value) {
    Place place = place(path);
    if (place.holder() instanceof List<?>) {
      elements(place.holder()).set(Integer.parseInt(place.step()), value);
    } else {
      fields(place.holder()).put(place.step(), value);
    }
    return this;
  }

  /// The paths of all values below the root.
  List<String> paths() {
    List<String> paths = new ArrayList<>();
    collect("$", root, paths);
    return paths;
  }

  private static void collect(String path, Object value, List<String> paths) {
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, field) -> below(path + "." + name, field, paths));
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        below(path + "[" + i + "]", list.get(i), paths);
      }
    }
  }

  private static void below(String path, Object value, List<String> paths) {
    paths.add(path);
    collect(path, value, paths);
  }

  ReadResult read() {
    return read(json());
  }

  /// Reads a document as a bootstrap that stands alone.
  static ReadResult read(String document) {
    byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
    FileSource files =
        path -> {
          if (path.equals(Path.of("b.yaml"))) {
            return bytes;
          }
          throw new NoSuchFileException(path.toString());
        };
    return new ConfigReader(Path.of("b.yaml"), "", new Node("", "", ""), files).read();
  }

  String json() {
    return json(root);
  }

  private static String json(Object value) {
    return switch (value) {
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(field -> json(field.getKey()) + ":" + json(field.getValue()))
              .collect(Collectors.joining(",", "{", "}"));
      case List<?> list -> list.stream().map(Tree::json).collect(Collectors.joining(",", "[", "]"));
      case String text -> '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
      default -> value.toString();
    };
  }

  private record Place(Object holder, String step) {}

  private Place place(String path) {
    Matcher steps = STEP.matcher(path);
    Object holder = root;
    String step = next(steps, path);
    while (steps.find()) {
      holder = get(holder, step);
      step = step(steps);
    }
    return new Place(holder, step);
  }

  private static String next(Matcher steps, String path) {
    if (!steps.find()) {
      throw new IllegalArgumentException(path);
    }
    return step(steps);
  }

  private static String step(Matcher steps) {
    String name = steps.group(1);
    return name == null ? steps.group(2) : name;
  }

  private static Object get(Object holder, String step) {
    Object value =
        holder instanceof List<?> list
            ? list.get(Integer.parseInt(step))
            : fields(holder).get(step);
    if (value == null) {
      throw new IllegalArgumentException(step);
    }
    return value;
  }

  @SuppressWarnings("unchecked") // trees are made of these only
  private static Map<String, Object> fields(Object value) {
    return (Map<String, Object>) value;
  }

  @SuppressWarnings("unchecked") // trees are made of these only
  private static List<Object> elements(Object value) {
    return (List<Object>) value;
  }

  private static Map<String, Object> parse(String text) {
    return switch (DocumentParser.parse(text)) {
      case Parsed.Document(var document) -> fields(mutable(document));
      case Parsed.Malformed(var reason) -> throw new IllegalArgumentException(reason);
    };
  }

  private static Object mutable(Value value) {
    return switch (value) {
      case Value.Text(var text) -> text;
      case Value.Numeral(_, var written) -> new Literal(written);
      case Value.Flag(var flag) -> new Literal(String.valueOf(flag));
      case Value.Nothing() -> new Literal("null");
      case Value.Sequence(var elements) ->
          elements.stream().map(Tree::mutable).collect(Collectors.toCollection(ArrayList::new));
      case Value.Mapping(var fields) -> {
        Map<String, Object> map = new LinkedHashMap<>();
        fields.forEach((name, field) -> map.put(name, mutable(field)));
        yield map;
      }
    };
  }

  /// Written without quotes.
  private record Literal(String text) {
    @Override
    public String toString() {
      return text;
    }
  }
}
