package io.sidetrace.sidecar.trace;

/// The ways in which a context is written into headers.
public enum HeaderFormat {
  /// Zipkin's single field.
  B3,
  /// Zipkin's fields `x-b3-…`.
  B3MULTI,
  /// Either of Zipkin's; the answer goes out in the spelling that came, in the many where none did.
  B3_AS_RECEIVED
}
