package io.sidetrace.sidecar.exchange;

import io.sidetrace.sidecar.codec.Fields;
import io.sidetrace.sidecar.config.Route.HeaderMatch;
import io.sidetrace.sidecar.config.Route.TextMatch;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/// A route's condition on one header field, its text as bytes. Looks at the first field of that
/// name. Immutable.
final class FieldMatch {
  private final String name;
  private final TextMatch match;
  private final byte[] text;
  private final boolean invert;

  FieldMatch(HeaderMatch field) {
    String wanted =
        switch (field.text()) {
          case TextMatch.Exact exact -> exact.value();
          case TextMatch.Prefix prefix -> prefix.value();
          case TextMatch.Suffix suffix -> suffix.value();
          case TextMatch.Contains contains -> contains.value();
          case TextMatch.Present _ -> "";
        };
    this.name = field.name().toLowerCase(Locale.ROOT);
    this.match = field.text();
    this.text = wanted.getBytes(StandardCharsets.UTF_8);
    this.invert = field.invert();
  }

  boolean matches(Fields head) {
    int index = head.indexOf(name);
    return (index >= 0 && valueMatches(head, index)) != invert;
  }

  private boolean valueMatches(Fields head, int index) {
    int from = head.valueStart(index);
    int to = head.valueEnd(index);
    return switch (match) {
      case TextMatch.Exact _ -> Arrays.equals(head.bytes(), from, to, text, 0, text.length);
      case TextMatch.Prefix _ -> to - from >= text.length && standsAt(head, from);
      case TextMatch.Suffix _ -> to - from >= text.length && standsAt(head, to - text.length);
      case TextMatch.Contains _ -> isContained(head, from, to);
      case TextMatch.Present _ -> true;
    };
  }

  private boolean isContained(Fields head, int from, int to) {
    for (int at = from; at + text.length <= to; at++) {
      if (standsAt(head, at)) {
        return true;
      }
    }
    return false;
  }

  private boolean standsAt(Fields head, int at) {
    return Arrays.equals(head.bytes(), at, at + text.length, text, 0, text.length);
  }
}
