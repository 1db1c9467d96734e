package io.sidetrace.sidecar.propagation;

import io.sidetrace.sidecar.trace.Hex;

/// Datadog's tags of a trace, `key=value` with commas between: one of them holds the high half of
/// the trace's identifier.
final class DatadogTags {
  private static final String HIGH_HALF = "_dd.p.tid=";

  /// Datadog's own libraries drop the whole field when it has more characters.
  private static final int MAX_LENGTH = 512;

  private DatadogTags() {}

  /// The high half; 0 where it is not said, or not in 16 digits.
  static long highHalf(String tags) {
    int start = indexOfHighHalf(tags);
    if (start < 0) {
      return 0;
    }
    int from = start + HIGH_HALF.length();
    boolean whole =
        Hex.endOfLowerDigits(tags, from) == from + 16 && endOfTag(tags, from) == from + 16;
    return whole ? Hex.parse(tags, from) : 0;
  }

  /// The same tags with this high half, in the place of another one or behind all; 0: with none.
  static String withHighHalf(String tags, long highHalf) {
    int start = indexOfHighHalf(tags);
    String tag = highHalf == 0 ? "" : HIGH_HALF + Hex.format(highHalf);
    String before = start < 0 ? tags : tags.substring(0, Math.max(0, start - 1));
    String after = start < 0 ? "" : tags.substring(endOfTag(tags, start));
    String behind = after.startsWith(",") ? after.substring(1) : after;
    String all = join(join(before, tag), behind);
    return all.length() > MAX_LENGTH && highHalf != 0 && !all.equals(tags) ? tag : all;
  }

  private static String join(String first, String second) {
    return first.isEmpty() || second.isEmpty() ? first + second : first + ',' + second;
  }

  private static int indexOfHighHalf(String tags) {
    int at = tags.indexOf(HIGH_HALF);
    while (at > 0 && tags.charAt(at - 1) != ',') {
      at = tags.indexOf(HIGH_HALF, at + 1);
    }
    return at;
  }

  private static int endOfTag(String tags, int from) {
    int comma = tags.indexOf(',', from);
    return comma < 0 ? tags.length() : comma;
  }
}
