package io.sidetrace.sidecar.codec.http2;

/// Settings by their identifiers (RFC 9113 section 6.5.2).
public final class Setting {
  public static final int HEADER_TABLE_SIZE = 1;
  public static final int ENABLE_PUSH = 2;
  public static final int MAX_CONCURRENT_STREAMS = 3;
  public static final int INITIAL_WINDOW_SIZE = 4;
  public static final int MAX_FRAME_SIZE = 5;

  /// An identifier of two bytes, a value of four.
  public static final int BYTES = 6;

  private Setting() {}
}
