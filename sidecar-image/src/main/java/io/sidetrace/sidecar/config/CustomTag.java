package io.sidetrace.sidecar.config;

/// A tag that the configuration adds to every span; an empty value leaves it out.
public sealed interface CustomTag {
  String tag();

  record Literal(String tag, String value) implements CustomTag {}

  record Environment(String tag, String variable, String defaultValue) implements CustomTag {}

  record RequestHeader(String tag, String header, String defaultValue) implements CustomTag {}
}
