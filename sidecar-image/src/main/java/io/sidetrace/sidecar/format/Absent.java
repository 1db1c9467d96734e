package io.sidetrace.sidecar.format;

/// What a text says where an operator has nothing to say.
public enum Absent {
  /// As in logs.
  DASH("-"),
  /// As in header values, span names and tags.
  EMPTY("");

  private final String text;

  Absent(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }
}
