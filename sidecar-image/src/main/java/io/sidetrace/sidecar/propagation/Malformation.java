package io.sidetrace.sidecar.propagation;

import java.util.Locale;

/// Why a context was refused.
public enum Malformation {
  EMPTY,
  /// Longer than the format's longest text.
  TOO_LONG,
  /// Ended before the format's next field did.
  TRUNCATED,
  /// Went on after the format's last field.
  TRAILING_TEXT,
  NOT_BASE64,
  NOT_PROTOBUF,
  /// A version that is none or is forbidden.
  VERSION_UNKNOWN,
  TRACE_ID_MISSING,
  TRACE_ID_LENGTH,
  TRACE_ID_NOT_HEX,
  TRACE_ID_NOT_DECIMAL,
  TRACE_ID_ZERO,
  SPAN_ID_MISSING,
  SPAN_ID_LENGTH,
  SPAN_ID_NOT_HEX,
  SPAN_ID_NOT_DECIMAL,
  SPAN_ID_ZERO,
  PARENT_ID_LENGTH,
  PARENT_ID_NOT_HEX,
  FLAGS_LENGTH,
  FLAGS_NOT_HEX,
  SAMPLING_UNKNOWN;

  /// The reason as a metric's label.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
