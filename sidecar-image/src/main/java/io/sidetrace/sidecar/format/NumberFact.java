package io.sidetrace.sidecar.format;

/// Operators that stand for a number; the constants are Envoy's names, times are milliseconds.
public enum NumberFact {
  /// 0 while there is no response.
  RESPONSE_CODE,
  /// Of the request's body.
  BYTES_RECEIVED,
  /// Of the response's body.
  BYTES_SENT,
  /// Since the request's head came.
  DURATION,
  /// From the request's head to the upstream's response head; absent without one.
  RESPONSE_DURATION,
  /// From the upstream's response head until now; absent without one.
  RESPONSE_TX_DURATION,
  /// Names and values of the request's fields as they came.
  REQUEST_HEADERS_BYTES,
  /// Names and values of the upstream's response fields as they came.
  RESPONSE_HEADERS_BYTES;

  /// In place of a number that is not known.
  public static final long ABSENT = -1;
}
