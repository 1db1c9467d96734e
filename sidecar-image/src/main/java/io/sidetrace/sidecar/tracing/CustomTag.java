package io.sidetrace.sidecar.tracing;

import io.sidetrace.sidecar.format.Format;
import java.util.Map;

/// A tag that the configuration adds to every span. An empty value leaves it out.
public sealed interface CustomTag {
  String tag();

  record Literal(String tag, String value) implements CustomTag {}

  /// What a format says when the span ends.
  record Formatted(String tag, Format format) implements CustomTag {}

  /// The value of a request's field.
  ///
  /// @param header in lower case
  record RequestHeader(String tag, String header, String defaultValue) implements CustomTag {}

  /// Returns the value of an environment variable as a literal, for a process's environment does
  /// not change.
  static CustomTag environment(
      String tag, String variable, String defaultValue, Map<String, String> environment) {
    return new Literal(tag, environment.getOrDefault(variable, defaultValue));
  }
}
