package io.sidetrace.sidecar.config;

import io.sidetrace.sidecar.config.document.Field;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/// Names of which each may be given once. Used for one reading, by one thread.
final class UniqueNames {
  private final Set<String> names = new LinkedHashSet<>();

  /// Takes the name, which `field` gives, and refuses the field when it was taken before.
  String claim(Field field, String name) {
    if (!name.isEmpty() && !names.add(name)) {
      field.refuse("\"%s\" is given twice (expected: once)".formatted(name));
    }
    return name;
  }

  boolean contains(String name) {
    return names.contains(name);
  }

  Set<String> all() {
    return Collections.unmodifiableSet(names);
  }
}
