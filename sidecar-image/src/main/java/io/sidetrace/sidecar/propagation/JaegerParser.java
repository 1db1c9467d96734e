package io.sidetrace.sidecar.propagation;

import io.sidetrace.sidecar.propagation.Extracted.Context;
import io.sidetrace.sidecar.propagation.Extracted.Malformed;
import io.sidetrace.sidecar.trace.Hex;
import io.sidetrace.sidecar.trace.Sampling;
import io.sidetrace.sidecar.trace.TraceContext;
import io.sidetrace.sidecar.trace.TraceId;

/// Reads `TRACEID:SPANID:PARENTID:FLAGS` in one pass. Identifiers are hexadecimal without zeros in
/// front, or with them; colons may be written as in URLs, `%3A`.
final class JaegerParser {
  /// 32 + 16 + 16 + 2 digits and three colons of three characters.
  private static final int MAX_LENGTH = 75;

  private final String text;
  private int at;

  /// The digits read last, as a number of up to 128 bits, and how many they were.
  private long high;

  private long low;
  private int digits;

  private JaegerParser(String text) {
    this.text = text;
  }

  static Extracted parse(String text) {
    if (text.isEmpty()) {
      return malformed(Malformation.EMPTY);
    }
    return text.length() > MAX_LENGTH
        ? malformed(Malformation.TOO_LONG)
        : new JaegerParser(text).readTraceId();
  }

  private Extracted readTraceId() {
    readDigits();
    if (digits > 32 || (digits == 0 && atColon())) {
      return malformed(Malformation.TRACE_ID_LENGTH);
    }
    long traceHigh = high;
    long traceLow = low;
    if (!skipColon()) {
      return malformed(
          at < text.length() ? Malformation.TRACE_ID_NOT_HEX : Malformation.SPAN_ID_MISSING);
    }
    if (traceHigh == 0 && traceLow == 0) {
      return malformed(Malformation.TRACE_ID_ZERO);
    }
    return readSpanId(new TraceId(traceHigh, traceLow));
  }

  private Extracted readSpanId(TraceId traceId) {
    readDigits();
    if (digits > 16 || (digits == 0 && atColon())) {
      return malformed(Malformation.SPAN_ID_LENGTH);
    }
    long spanId = low;
    if (!skipColon()) {
      return malformed(at < text.length() ? Malformation.SPAN_ID_NOT_HEX : Malformation.TRUNCATED);
    }
    return spanId == 0 ? malformed(Malformation.SPAN_ID_ZERO) : readParentId(traceId, spanId);
  }

  private Extracted readParentId(TraceId traceId, long spanId) {
    readDigits();
    if (digits > 16) {
      return malformed(Malformation.PARENT_ID_LENGTH);
    }
    long parentId = low;
    if (!skipColon()) {
      return malformed(
          at < text.length() ? Malformation.PARENT_ID_NOT_HEX : Malformation.TRUNCATED);
    }
    readDigits();
    if (at < text.length()) {
      return malformed(atColon() ? Malformation.TRAILING_TEXT : Malformation.FLAGS_NOT_HEX);
    }
    if (digits == 0 || digits > 2) {
      return malformed(Malformation.FLAGS_LENGTH);
    }
    return new Context(new TraceContext(traceId, spanId, parentId, sampling((int) low)));
  }

  private static Sampling sampling(int flags) {
    if ((flags & Jaeger.DEBUG) != 0) {
      return Sampling.DEBUG;
    }
    return (flags & Jaeger.SAMPLED) != 0 ? Sampling.SAMPLED : Sampling.NOT_SAMPLED;
  }

  private void readDigits() {
    int from = at;
    high = 0;
    low = 0;
    int digit;
    while (at < text.length() && (digit = Hex.digit(text.charAt(at))) >= 0) {
      high = (high << 4) | (low >>> 60);
      low = (low << 4) | digit;
      at++;
    }
    digits = at - from;
  }

  private boolean atColon() {
    return text.startsWith(":", at) || text.regionMatches(true, at, "%3a", 0, 3);
  }

  private boolean skipColon() {
    boolean colon = atColon();
    if (colon) {
      at += text.charAt(at) == ':' ? 1 : 3;
    }
    return colon;
  }

  private static Malformed malformed(Malformation reason) {
    return new Malformed(Jaeger.FORMAT, reason, Sampling.DEFERRED);
  }
}
