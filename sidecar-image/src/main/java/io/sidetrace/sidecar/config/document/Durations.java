package io.sidetrace.sidecar.config.document;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Protocol Buffers' text of a span of time: seconds, with up to nine decimals, and an `s`.
final class Durations {
  /// Twelve digits of seconds are more than the 10 000 years that Protocol Buffers allow.
  private static final Pattern SECONDS = Pattern.compile("(\\d{1,12})(?:\\.(\\d{1,9}))?s");

  private Durations() {}

  /// Null where the text is none of these, or is negative.
  static @Nullable Duration parse(String text) {
    Matcher matcher = SECONDS.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    String decimals = matcher.group(2) == null ? "" : matcher.group(2);
    long nanos = Long.parseLong((decimals + "000000000").substring(0, 9));
    return Duration.ofSeconds(Long.parseLong(matcher.group(1)), nanos);
  }
}
