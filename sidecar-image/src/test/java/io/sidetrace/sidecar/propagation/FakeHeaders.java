package io.sidetrace.sidecar.propagation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Header fields in a map, which reader and writer share only when one object is given as both. As
/// a request, that of `/shop/cart?item=7` at `shop.example:8080`.
public final class FakeHeaders implements ReceivedRequest, HeaderWriter {
  private final Map<String, List<String>> fields = new LinkedHashMap<>();

  public FakeHeaders(Map<String, String> fields) {
    fields.forEach(this::set);
  }

  /// Names and values in turn; a name given twice is two fields.
  public static FakeHeaders of(String... namesAndValues) {
    var headers = new FakeHeaders(Map.of());
    for (int i = 0; i < namesAndValues.length; i += 2) {
      headers.add(namesAndValues[i], namesAndValues[i + 1]);
    }
    return headers;
  }

  public FakeHeaders copy() {
    var copy = new FakeHeaders(Map.of());
    fields.forEach((name, values) -> values.forEach(value -> copy.add(name, value)));
    return copy;
  }

  public void add(String name, String value) {
    fields.computeIfAbsent(name.toLowerCase(Locale.ROOT), _ -> new ArrayList<>()).add(value);
  }

  @Override
  public @Nullable String first(String name) {
    List<String> values = fields.get(name);
    return values == null ? null : values.getFirst();
  }

  @Override
  public @Nullable String joined(String name) {
    List<String> values = fields.get(name);
    return values == null ? null : String.join(",", values);
  }

  @Override
  public String path() {
    return "/shop/cart?item=7";
  }

  @Override
  public String authority() {
    return "shop.example:8080";
  }

  @Override
  public void set(String name, String value) {
    fields.put(name.toLowerCase(Locale.ROOT), new ArrayList<>(List.of(value)));
  }

  @Override
  public void remove(String name) {
    fields.remove(name);
  }

  /// Makes no garbage: benchmarks ask it of each request.
  public boolean anyNameBegins(String prefix) {
    for (String name : fields.keySet()) {
      if (name.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  /// Fields of one name as one, with commas between their values.
  public Map<String, String> asMap() {
    return fields.entrySet().stream()
        .collect(
            Collectors.toUnmodifiableMap(
                Map.Entry::getKey, field -> String.join(",", field.getValue())));
  }
}
