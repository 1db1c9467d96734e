package io.sidetrace.sidecar.trace;

import org.jspecify.annotations.Nullable;

/// A trace's identifier of 64 or 128 bits; a 64-bit one has `high` 0. Never all zero.
public record TraceId(long high, long low) {
  public TraceId {
    if (high == 0 && low == 0) {
      throw new IllegalArgumentException("trace id: 0 (expected: not all zero)");
    }
  }

  /// Reads 16 or 32 hexadecimal digits of either case; null when the text is anything else or all
  /// zero.
  public static @Nullable TraceId parse(CharSequence text) {
    int length = text.length();
    if (length != 16 && length != 32) {
      return null;
    }
    if (!Hex.isHex(text)) {
      return null;
    }
    long high = length == 32 ? Hex.parse(text, 0) : 0;
    long low = Hex.parse(text, length - 16);
    return high == 0 && low == 0 ? null : new TraceId(high, low);
  }

  /// Whether both may name one trace: formats that hold 64 bits lose the high half.
  public boolean isSameTraceAs(TraceId other) {
    return low == other.low && (high == other.high || high == 0 || other.high == 0);
  }

  /// 32 lower-case digits, zeros in front of a 64-bit identifier.
  public String formatWide() {
    return Hex.format(high) + Hex.format(low);
  }

  /// 16 lower-case digits for a 64-bit identifier, 32 for a 128-bit one.
  public String format() {
    return high == 0 ? Hex.format(low) : Hex.format(high) + Hex.format(low);
  }
}
