package io.sidetrace.sidecar.propagation;

import io.sidetrace.sidecar.trace.TraceId;
import java.util.List;

/// The low half of a trace's identifier, which is all that some formats have room for. A half that
/// is zero is no identifier to them, so such a trace cannot be told in them: nothing is written.
final class NarrowTraceId {
  private NarrowTraceId() {}

  /// Whether the trace has one; where it has none, the request's fields go.
  static boolean fits(
      TraceId traceId, List<String> fields, ReceivedRequest request, HeaderWriter upstream) {
    if (traceId.low() != 0) {
      return true;
    }
    for (String field : fields) {
      if (request.first(field) != null) {
        upstream.remove(field);
      }
    }
    return false;
  }
}
