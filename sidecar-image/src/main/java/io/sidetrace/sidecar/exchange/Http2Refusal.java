package io.sidetrace.sidecar.exchange;

import io.sidetrace.sidecar.codec.http2.ErrorCode;

/// Tells a client with prior knowledge of HTTP/2 why it is not served here.
enum Http2Refusal {
  NO_HTTP2(
      Counter.HTTP2_GATEWAY_REFUSED,
      ErrorCode.HTTP_1_1_REQUIRED,
      "HTTP/2 is not served here (expected: HTTP/1.1)"),
  NO_UPSTREAM(Counter.CONNECTIONS_UNSERVED, ErrorCode.INTERNAL_ERROR, "no healthy upstream");

  private final Counter counter;
  private final ErrorCode code;
  private final String reason;

  Http2Refusal(Counter counter, ErrorCode code, String reason) {
    this.counter = counter;
    this.code = code;
    this.reason = reason;
  }

  void write(Wire client, LoopTools tools) {
    tools.counters.increment(counter);
    FrameOutput out = new FrameOutput(client);
    out.settings(new byte[0]);
    out.goAway(0, code, reason);
    out.flush();
  }
}
