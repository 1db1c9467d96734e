package io.sidetrace.operator.survey;

import org.jspecify.annotations.Nullable;

/// What came of asking a sidecar for its status.
public sealed interface Reading {

  record Answered(SidecarReport report) implements Reading {}

  /// Nothing that can be used, and why.
  record Silent(String why) implements Reading {}

  /// This one as what follows an earlier one; null: it is the first.
  default Reading after(@Nullable Reading earlier) {
    if (this instanceof Answered(var report) && earlier instanceof Answered(var before)) {
      return new Answered(report.after(before));
    }
    return this;
  }

  /// Whether it differs in nothing that anybody is told.
  default boolean tellsTheSameAs(@Nullable Reading other) {
    if (this instanceof Answered(var report) && other instanceof Answered(var before)) {
      return report.tellsTheSameAs(before);
    }
    return equals(other);
  }
}
