package io.sidetrace.sidecar.export.grpc;

import io.sidetrace.sidecar.codec.http2.ErrorCode;
import io.sidetrace.sidecar.report.Delivery;
import io.sidetrace.sidecar.report.DropReason;
import java.time.Duration;

/// What it means for a batch that the server ended its stream without an answer.
final class StreamEnd {
  private StreamEnd() {}

  /// Only a refused stream was certainly not looked at (RFC 9113 section 8.7).
  static Delivery byReset(int code) {
    String detail = "stream reset: " + name(code);
    if (code == ErrorCode.REFUSED_STREAM.code()) {
      return new Delivery.Postponed(DropReason.OVERLOADED, detail, Duration.ZERO);
    }
    boolean overloaded = code == ErrorCode.ENHANCE_YOUR_CALM.code();
    return new Delivery.Unanswered(
        overloaded ? DropReason.OVERLOADED : DropReason.DISCONNECTED, detail);
  }

  static String name(int code) {
    ErrorCode[] known = ErrorCode.values();
    return code >= 0 && code < known.length ? known[code].name() : Integer.toString(code);
  }
}
