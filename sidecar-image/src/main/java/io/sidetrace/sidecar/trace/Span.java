package io.sidetrace.sidecar.trace;

import java.util.List;

/// A finished span. Times are microseconds, of the epoch and of a duration; tags stand in the order
/// in which they were set.
///
/// @param shared whether the span id is the caller's own (Zipkin's shared span context)
/// @param parent who the span's parent is to us
public record Span(
    TraceContext context,
    Kind kind,
    boolean shared,
    String name,
    long startMicros,
    long durationMicros,
    List<Tag> tags,
    List<Annotation> annotations,
    Parent parent) {

  /// A span whose parent, if any, is another process's.
  public Span(
      TraceContext context,
      Kind kind,
      boolean shared,
      String name,
      long startMicros,
      long durationMicros,
      List<Tag> tags,
      List<Annotation> annotations) {
    this(
        context,
        kind,
        shared,
        name,
        startMicros,
        durationMicros,
        tags,
        annotations,
        context.parentId() == 0 ? Parent.NONE : Parent.REMOTE);
  }

  /// Which side of a call a span describes.
  public enum Kind {
    CLIENT,
    SERVER
  }

  /// Where a span's parent was made.
  public enum Parent {
    /// There is none: the span is a root.
    NONE,
    /// The parent came in a request's head.
    REMOTE,
    /// The parent is the span of the same request, which is ours too.
    LOCAL
  }

  public record Tag(String key, String value) {}

  /// Something that happened at a moment, in microseconds of the epoch.
  public record Annotation(long atMicros, String value) {}
}
