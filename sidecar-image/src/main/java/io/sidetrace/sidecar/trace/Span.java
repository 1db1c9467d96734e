package io.sidetrace.sidecar.trace;

import java.util.List;

/// A finished span. Times are microseconds, of the epoch and of a duration; tags stand in the order
/// in which they were set.
///
/// @param shared whether the span id is the caller's own (Zipkin's shared span context)
public record Span(
    TraceContext context,
    Kind kind,
    boolean shared,
    String name,
    long startMicros,
    long durationMicros,
    List<Tag> tags,
    List<Annotation> annotations) {

  /// Which side of a call a span describes.
  public enum Kind {
    CLIENT,
    SERVER
  }

  public record Tag(String key, String value) {}

  /// Something that happened at a moment, in microseconds of the epoch.
  public record Annotation(long atMicros, String value) {}
}
