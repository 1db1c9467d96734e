package io.sidetrace.sidecar.codec.http2;

/// What ends a connection because of what its peer sent.
public enum Violation {
  FIRST_FRAME(ErrorCode.PROTOCOL_ERROR, "first frame is no SETTINGS"),
  STREAM_IDENTIFIER(ErrorCode.PROTOCOL_ERROR, "frame on a stream that it cannot be on"),
  HEADER_BLOCK_INTERRUPTED(ErrorCode.PROTOCOL_ERROR, "header block not continued"),
  CONTINUATION_OF_NOTHING(ErrorCode.PROTOCOL_ERROR, "CONTINUATION without a header block"),
  PADDING(ErrorCode.PROTOCOL_ERROR, "padding longer than its frame"),
  PUSH(ErrorCode.PROTOCOL_ERROR, "PUSH_PROMISE although pushing is disabled"),
  FRAME_SIZE(ErrorCode.FRAME_SIZE_ERROR, "frame size"),
  WINDOW(ErrorCode.FLOW_CONTROL_ERROR, "window larger than it may be"),
  COMPRESSION(ErrorCode.COMPRESSION_ERROR, "malformed header block"),
  HEADERS_TOO_LARGE(ErrorCode.ENHANCE_YOUR_CALM, "header block too large"),
  CONTINUATION_FLOOD(ErrorCode.ENHANCE_YOUR_CALM, "too many CONTINUATION frames"),
  CONTROL_FLOOD(ErrorCode.ENHANCE_YOUR_CALM, "too many frames that carry nothing"),
  RESET_FLOOD(ErrorCode.ENHANCE_YOUR_CALM, "too many streams reset"),
  SETTINGS_IGNORED(ErrorCode.SETTINGS_TIMEOUT, "too many SETTINGS not acknowledged");

  private final ErrorCode code;
  private final String reason;

  Violation(ErrorCode code, String reason) {
    this.code = code;
    this.reason = reason;
  }

  public ErrorCode code() {
    return code;
  }

  /// For people; goes along in the GOAWAY frame.
  public String reason() {
    return reason;
  }
}
