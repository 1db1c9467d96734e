package io.sidetrace.sidecar.propagation;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Header fields in a map, which reader and writer share only when one object is given as both.
public final class FakeHeaders implements HeaderReader, HeaderWriter {
  private final Map<String, String> fields = new LinkedHashMap<>();

  public FakeHeaders(Map<String, String> fields) {
    fields.forEach(this::set);
  }

  /// Names and values in turn.
  public static FakeHeaders of(String... namesAndValues) {
    var headers = new FakeHeaders(Map.of());
    for (int i = 0; i < namesAndValues.length; i += 2) {
      headers.set(namesAndValues[i], namesAndValues[i + 1]);
    }
    return headers;
  }

  public FakeHeaders copy() {
    return new FakeHeaders(fields);
  }

  @Override
  public @Nullable String first(String name) {
    return fields.get(name);
  }

  @Override
  public void set(String name, String value) {
    fields.put(name.toLowerCase(Locale.ROOT), value);
  }

  @Override
  public void remove(String name) {
    fields.remove(name);
  }

  public Map<String, String> asMap() {
    return Map.copyOf(fields);
  }
}
