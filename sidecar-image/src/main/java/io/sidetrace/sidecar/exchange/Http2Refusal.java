package io.sidetrace.sidecar.exchange;

import io.sidetrace.sidecar.codec.http2.ErrorCode;

/// Tells a client with prior knowledge of HTTP/2 that it is not served here.
final class Http2Refusal {
  private Http2Refusal() {}

  static void write(Wire client, LoopTools tools) {
    tools.counters.increment(Counter.HTTP2_GATEWAY_REFUSED);
    FrameOutput out = new FrameOutput(client);
    out.settings(new byte[0]);
    out.goAway(0, ErrorCode.HTTP_1_1_REQUIRED, "HTTP/2 is not served here (expected: HTTP/1.1)");
    out.flush();
  }
}
