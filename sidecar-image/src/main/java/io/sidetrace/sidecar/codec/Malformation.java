package io.sidetrace.sidecar.codec;

/// Why a message is not forwarded (a request) or no longer understood (a response).
public enum Malformation {
  /// Head too large.
  HEAD_TOO_LARGE,
  /// Line feed without carriage return (expected: CRLF).
  BARE_LINE_FEED,
  /// Malformed start line.
  START_LINE,
  /// Fragment in the target (expected: none).
  FRAGMENT,
  /// Unsupported version (expected: HTTP/1.0 or HTTP/1.1).
  VERSION,
  /// Malformed field name (expected: a token and a colon).
  FIELD_NAME,
  /// Control character in a field value.
  FIELD_VALUE,
  /// Folded header line (expected: one line per field).
  FOLDED_LINE,
  /// Malformed Content-Length (expected: one decimal number).
  CONTENT_LENGTH,
  /// Unsupported Transfer-Encoding (expected: chunked once and last).
  TRANSFER_ENCODING,
  /// Both Content-Length and Transfer-Encoding (expected: one of them).
  LENGTH_AND_CHUNKED,
  /// Transfer-Encoding before HTTP/1.1.
  CHUNKED_BEFORE_1_1,
  /// No Host field (expected: exactly one).
  MISSING_HOST,
  /// More than one Host field (expected: exactly one).
  DUPLICATE_HOST,
  /// Malformed chunk.
  CHUNK;

  /// The status that answers such a request.
  public int status() {
    return switch (this) {
      case HEAD_TOO_LARGE -> 431;
      case TRANSFER_ENCODING -> 501;
      case BARE_LINE_FEED,
          START_LINE,
          FRAGMENT,
          VERSION,
          FIELD_NAME,
          FIELD_VALUE,
          FOLDED_LINE,
          CONTENT_LENGTH,
          LENGTH_AND_CHUNKED,
          CHUNKED_BEFORE_1_1,
          MISSING_HOST,
          DUPLICATE_HOST,
          CHUNK ->
          400;
    };
  }
}
