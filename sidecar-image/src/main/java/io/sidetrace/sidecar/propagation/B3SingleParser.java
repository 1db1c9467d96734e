package io.sidetrace.sidecar.propagation;

import io.sidetrace.sidecar.propagation.Extracted.Context;
import io.sidetrace.sidecar.propagation.Extracted.Malformed;
import io.sidetrace.sidecar.propagation.Extracted.SamplingOnly;
import io.sidetrace.sidecar.trace.Hex;
import io.sidetrace.sidecar.trace.Sampling;
import io.sidetrace.sidecar.trace.TraceContext;
import io.sidetrace.sidecar.trace.TraceId;
import org.jspecify.annotations.Nullable;

/// Reads the field `b3` in one pass: `TRACEID-SPANID[-SAMPLING[-PARENTID]]` or `SAMPLING` alone.
///
/// The trace id has 16 or 32 hexadecimal digits, the others have 16; SAMPLING is `0`, `1` or `d`.
final class B3SingleParser {
  static final String FORMAT = "b3";

  /// 32 + 16 + 1 + 16 characters and the three dashes between them.
  static final int MAX_LENGTH = 68;

  private final String text;
  private int at;

  /// The digits read last, as a number of up to 128 bits, and how many they were.
  private long high;

  private long low;
  private int digits;

  private B3SingleParser(String text) {
    this.text = text;
  }

  static Extracted parse(String text) {
    if (text.isEmpty()) {
      return malformed(Malformation.EMPTY);
    }
    if (text.length() == 1) {
      Sampling sampling = sampling(text.charAt(0));
      return sampling == null
          ? malformed(Malformation.SAMPLING_UNKNOWN)
          : new SamplingOnly(sampling);
    }
    if (text.length() > MAX_LENGTH) {
      return malformed(Malformation.TOO_LONG);
    }
    return new B3SingleParser(text).readTraceId();
  }

  private Extracted readTraceId() {
    readDigits();
    if (at < text.length() && text.charAt(at) != '-') {
      return malformed(Malformation.TRACE_ID_NOT_HEX);
    }
    if (digits != 16 && digits != 32) {
      return malformed(Malformation.TRACE_ID_LENGTH);
    }
    if (high == 0 && low == 0) {
      return malformed(Malformation.TRACE_ID_ZERO);
    }
    if (at == text.length()) {
      return malformed(Malformation.SPAN_ID_MISSING);
    }
    at++;
    return readSpanId(new TraceId(high, low));
  }

  private Extracted readSpanId(TraceId traceId) {
    readDigits();
    if (at < text.length() && text.charAt(at) != '-') {
      return malformed(Malformation.SPAN_ID_NOT_HEX);
    }
    if (digits != 16) {
      return malformed(Malformation.SPAN_ID_LENGTH);
    }
    if (low == 0) {
      return malformed(Malformation.SPAN_ID_ZERO);
    }
    long spanId = low;
    if (at == text.length()) {
      return new Context(new TraceContext(traceId, spanId, 0, Sampling.DEFERRED));
    }
    at++;
    return readSampling(traceId, spanId);
  }

  private Extracted readSampling(TraceId traceId, long spanId) {
    if (at == text.length()) {
      return malformed(Malformation.TRUNCATED);
    }
    Sampling sampling = sampling(text.charAt(at++));
    if (sampling == null || (at < text.length() && text.charAt(at) != '-')) {
      return malformed(Malformation.SAMPLING_UNKNOWN);
    }
    if (at == text.length()) {
      return new Context(new TraceContext(traceId, spanId, 0, sampling));
    }
    at++;
    return readParentId(traceId, spanId, sampling);
  }

  private Extracted readParentId(TraceId traceId, long spanId, Sampling sampling) {
    if (at == text.length()) {
      return new Malformed(FORMAT, Malformation.TRUNCATED, sampling);
    }
    readDigits();
    if (at < text.length()) {
      return new Malformed(
          FORMAT,
          text.charAt(at) == '-' ? Malformation.TRAILING_TEXT : Malformation.PARENT_ID_NOT_HEX,
          sampling);
    }
    if (digits != 16) {
      return new Malformed(FORMAT, Malformation.PARENT_ID_LENGTH, sampling);
    }
    return new Context(new TraceContext(traceId, spanId, low, sampling));
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

  private static @Nullable Sampling sampling(char state) {
    return switch (state) {
      case '1' -> Sampling.SAMPLED;
      case '0' -> Sampling.NOT_SAMPLED;
      case 'd' -> Sampling.DEBUG;
      default -> null;
    };
  }

  private static Malformed malformed(Malformation reason) {
    return new Malformed(FORMAT, reason, Sampling.DEFERRED);
  }
}
