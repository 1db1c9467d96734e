package io.sidetrace.sidecar.codec;

/// Why a message is not forwarded (a request) or no longer understood (a response).
public enum Malformation {
  HEAD_TOO_LARGE("head too large"),
  BARE_LINE_FEED("line feed without carriage return (expected: CRLF)"),
  START_LINE("malformed start line"),
  FRAGMENT("fragment in the target (expected: none)"),
  HTTP2_PREFACE("HTTP/2 with prior knowledge (expected: HTTP/1.0 or HTTP/1.1)"),
  VERSION("unsupported version (expected: HTTP/1.0 or HTTP/1.1)"),
  FIELD_NAME("malformed field name (expected: a token and a colon)"),
  FIELD_VALUE("control character in a field value"),
  FOLDED_LINE("folded header line (expected: one line per field)"),
  CONTENT_LENGTH("malformed Content-Length (expected: one decimal number)"),
  TRANSFER_ENCODING("unsupported Transfer-Encoding (expected: chunked once and last)"),
  LENGTH_AND_CHUNKED("both Content-Length and Transfer-Encoding (expected: one of them)"),
  CHUNKED_BEFORE_1_1("Transfer-Encoding before HTTP/1.1"),
  MISSING_HOST("no Host field (expected: exactly one)"),
  DUPLICATE_HOST("more than one Host field (expected: exactly one)"),
  CHUNK("malformed chunk");

  private final String reason;

  Malformation(String reason) {
    this.reason = reason;
  }

  /// For people: what came and, where it is not obvious, what was expected.
  public String reason() {
    return reason;
  }

  /// The status that answers such a request.
  public int status() {
    return switch (this) {
      case HEAD_TOO_LARGE -> 431;
      case TRANSFER_ENCODING -> 501;
      case BARE_LINE_FEED,
          START_LINE,
          FRAGMENT,
          HTTP2_PREFACE,
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
