package io.sidetrace.sidecar.config;

import io.sidetrace.sidecar.format.Format;
import java.util.List;
import java.util.stream.Stream;

/// A tag that the configuration adds to every span; an empty value leaves it out.
public sealed interface CustomTag {
  String tag();

  /// The formats among the tags.
  static Stream<Format> formats(List<CustomTag> tags) {
    return tags.stream()
        .flatMap(tag -> tag instanceof Value(_, var format) ? Stream.of(format) : Stream.empty());
  }

  record Literal(String tag, String value) implements CustomTag {}

  record Environment(String tag, String variable, String defaultValue) implements CustomTag {}

  record Value(String tag, Format format) implements CustomTag {}

  record RequestHeader(String tag, String header, String defaultValue) implements CustomTag {}
}
