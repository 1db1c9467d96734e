package io.sidetrace.operator.validate;

/// One thing in a spec that cannot work.
///
/// @param field its path from the resource's root, such as `spec.sampling.random`
/// @param value what came
/// @param expected what would have been right
public record Violation(String field, String value, String expected) {
  public String format() {
    return field + ": " + value + " (expected: " + expected + ")";
  }
}
