package io.sidetrace.sidecar.exchange;

import io.sidetrace.sidecar.codec.FieldBytes;
import io.sidetrace.sidecar.config.Route.HeaderMatch;
import io.sidetrace.sidecar.config.Route.TextMatch;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A route's condition on one header field, its text as bytes. Immutable.
final class FieldMatch {
  private final HeaderMatch field;
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
          case TextMatch.Regex _, TextMatch.Present _ -> "";
        };
    this.field = field;
    this.name = field.name().toLowerCase(Locale.ROOT);
    this.match = field.text();
    this.text = wanted.getBytes(StandardCharsets.UTF_8);
    this.invert = field.invert();
  }

  boolean matches(RoutedRequest request) {
    FieldBytes head = request.fields();
    int index = head.indexOf(name);
    if (index < 0 || head.indexOf(name, index + 1) >= 0) {
      return field.matches(text(request));
    }
    return valueMatches(head, index) != invert;
  }

  /// Of what is rare: a part of the request line, a field that came several times, or none.
  private @Nullable String text(RoutedRequest request) {
    return switch (name) {
      case ":authority" -> request.authority();
      case ":method" -> request.method();
      case ":path" -> request.path();
      default -> request.joined(name);
    };
  }

  private boolean valueMatches(FieldBytes head, int index) {
    int from = head.valueStart(index);
    int to = head.valueEnd(index);
    byte[] bytes = head.bytes(index);
    return switch (match) {
      case TextMatch.Exact _ -> Arrays.equals(bytes, from, to, text, 0, text.length);
      case TextMatch.Prefix _ -> to - from >= text.length && standsAt(bytes, from);
      case TextMatch.Suffix _ -> to - from >= text.length && standsAt(bytes, to - text.length);
      case TextMatch.Contains _ -> isContained(bytes, from, to);
      case TextMatch.Regex regex ->
          regex.pattern().matches(new String(bytes, from, to - from, StandardCharsets.UTF_8));
      case TextMatch.Present _ -> true;
    };
  }

  private boolean isContained(byte[] bytes, int from, int to) {
    for (int at = from; at + text.length <= to; at++) {
      if (standsAt(bytes, at)) {
        return true;
      }
    }
    return false;
  }

  private boolean standsAt(byte[] bytes, int at) {
    return Arrays.equals(bytes, at, at + text.length, text, 0, text.length);
  }
}
