package io.sidetrace.sidecar.config;

/// One reason why a file cannot be used.
///
/// @param file its name
/// @param path the JSON path of the value: `$.resources[0].name`
/// @param message what came and what was expected
public record Refusal(String file, String path, String message) {
  /// One line: `lds.json $.resources[0].name: missing (expected: text)`.
  public String format() {
    return file + " " + path + ": " + message;
  }
}
