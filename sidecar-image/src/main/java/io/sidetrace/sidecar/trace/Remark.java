package io.sidetrace.sidecar.trace;

/// What a context says beyond its ids and its decision, in the words of the format that it came in.
/// It goes along with the context, for whoever writes in that format again.
public sealed interface Remark {

  /// W3C's `tracestate`, as it came.
  record TraceState(String text) implements Remark {}

  /// Datadog's.
  ///
  /// @param priority -1 and 0 drop, 1 and 2 keep; the outer ones were decided by a person
  /// @param origin the product that began the trace; empty: none said
  /// @param tags the trace's own tags, `key=value` with commas between, as they came
  record Datadog(int priority, String origin, String tags) implements Remark {}

  /// SkyWalking's parent, whose identifiers are texts: a segment of one process and a span in it.
  ///
  /// @param endpoint the operation that the parent's process served
  /// @param peer the address that the parent called us by
  record SkyWalking(
      String traceId,
      String segmentId,
      int spanIndex,
      String service,
      String instance,
      String endpoint,
      String peer)
      implements Remark {}
}
