package io.sidetrace.operator.resolve;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How much the sidecar logs: Envoy's levels.
public enum LogLevel {
  TRACE,
  DEBUG,
  INFO,
  WARN,
  ERROR,
  CRITICAL,
  OFF;

  /// All levels as they are written, for messages.
  static final String ALL =
      Arrays.stream(values()).map(LogLevel::format).collect(Collectors.joining(", "));

  /// Reads a level as users write it; null if it is none.
  public static @Nullable LogLevel parse(String text) {
    for (var level : values()) {
      if (level.format().equals(text)) {
        return level;
      }
    }
    return null;
  }

  public String format() {
    return name().toLowerCase(Locale.ROOT);
  }
}
